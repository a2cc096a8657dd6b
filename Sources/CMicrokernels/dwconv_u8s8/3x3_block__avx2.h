// Output rows of a block of MK_WIDTH channels under a 3x3 window of stride MK_STRIDE.
#include "width__avx2.h"

/// A column as words side by side: the outer two of its pixels, and the middle one behind that of the column before.
typedef struct MK_W(words) {
  MK_VI outer[4], middle[4];
} MK_W(words);

/// Lane i of 128-bit lane L of vector j is channel 16 * L + 4 * j + i.
MK_INLINE void MK_W(widen)(MK_VI a, MK_VI b, MK_VI words[4]) {
  const MK_VI low = MK_OP(unpacklo_epi8)(a, b), high = MK_OP(unpackhi_epi8)(a, b), zero = MK_ZERO();
  words[0] = MK_OP(unpacklo_epi8)(low, zero);
  words[1] = MK_OP(unpackhi_epi8)(low, zero);
  words[2] = MK_OP(unpacklo_epi8)(high, zero);
  words[3] = MK_OP(unpackhi_epi8)(high, zero);
}

/// Adds products with a chunk of the weights.
MK_INLINE void MK_W(multiply)(const MK_VI from[4], const MK_VI words[4], const char *packed, const int chunk, MK_VI sums[4]) {
  MK_UNROLL for (int j = 0; j < 4; ++j) {
    const MK_VI w = MK_LOAD(packed + (chunk * 4 + j) * MK_WIDTH);
    sums[j] = MK_OP(add_epi32)(from[j], MK_OP(madd_epi16)(words[j], w));
  }
}

MK_INLINE MK_W(words) MK_W(next)(input_rows *rows, const int inside, const uint8_t *padding, const int whole, size_t count,
                                 MK_VI *middle) {
  MK_VI pixel[3];
  MK_W(words) words;
  MK_W(column)(rows, inside, padding, whole, count, pixel);
  MK_W(widen)(pixel[0], pixel[2], words.outer);
  MK_W(widen)(*middle, pixel[1], words.middle);
  *middle = pixel[1];
  return words;
}

MK_INLINE void MK_W(block)(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, size_t c,
                           const uint8_t *padding, const int is_bounded, const int whole) {
  enum { LEFT, CENTRE, RIGHT, MIDDLE_TWO, MIDDLE_LAST, CHUNKS };
  const mk_geometry g = conv->geometry;
  const size_t count = mk_min(conv->channels - c, MK_WIDTH);
  const char *packed = (const char *)conv->packed + c * mk_dwconv_u8_channel_bytes(CHUNKS);
  const char *constants = packed + CHUNKS * 4 * MK_WIDTH;
  MK_VI initial[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) initial[j] = MK_LOAD(constants + j * MK_WIDTH);
  for (size_t row = row_begin; row < row_end; ++row) {
    input_rows rows = rows_under(conv, row, c, padding);
    uint8_t *y = conv->output + row * g.output_width * g.output_stride + c;
    size_t x = (size_t)0 - g.pad_left;  // wraps to a huge value left of the image
    MK_VI middle = MK_ZERO(), newest[4], done[4];
    MK_W(words) column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
    MK_W(multiply)(initial, column.outer, packed, LEFT, newest);
#if MK_STRIDE == 1
    MK_VI older[4];
    column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
    MK_W(multiply)(newest, column.outer, packed, CENTRE, older);
    MK_W(multiply)(older, column.middle, packed, MIDDLE_TWO, older);
    MK_W(multiply)(initial, column.outer, packed, LEFT, newest);
#endif
    for (size_t i = 0; i < g.output_width; ++i, y += g.output_stride) {
      column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
#if MK_STRIDE == 1
      MK_W(multiply)(older, column.outer, packed, RIGHT, done);
      MK_W(multiply)(done, column.middle, packed, MIDDLE_LAST, done);
      MK_W(multiply)(newest, column.outer, packed, CENTRE, older);
      MK_W(multiply)(older, column.middle, packed, MIDDLE_TWO, older);
#else
      MK_W(multiply)(newest, column.outer, packed, CENTRE, newest);
      MK_W(multiply)(newest, column.middle, packed, MIDDLE_TWO, newest);
      column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
      MK_W(multiply)(newest, column.outer, packed, RIGHT, done);
      MK_W(multiply)(done, column.middle, packed, MIDDLE_LAST, done);
#endif
      MK_W(multiply)(initial, column.outer, packed, LEFT, newest);
      MK_W(finish)(conv, done, constants, is_bounded, y, whole, count);
    }
  }
}
