// Output rows of a block of MK_WIDTH channels under a 3x3 window of stride MK_STRIDE.
#include "width__avx2.h"
#include "column__avx2.h"

/// A column as bytes side by side: the outer two of its pixels, and the middle one behind that of the column before.
typedef struct MK_W(bytes) {
  MK_VI outer[2], middle[2];
} MK_W(bytes);

MK_INLINE MK_W(bytes) MK_W(next)(input_rows *rows, const int inside, const uint8_t *padding, const int whole, size_t count,
                                 MK_VI *middle) {
  MK_VI pixel[3];
  MK_W(column)(rows, inside, padding, whole, count, pixel);
  const MK_W(bytes) bytes = {
      {MK_OP(unpacklo_epi8)(pixel[0], pixel[2]), MK_OP(unpackhi_epi8)(pixel[0], pixel[2])},
      {MK_OP(unpacklo_epi8)(*middle, pixel[1]), MK_OP(unpackhi_epi8)(*middle, pixel[1])},
  };
  *middle = pixel[1];
  return bytes;
}

/// Vector j of four of words. Lane i of its 128-bit lane L is channel 16 * L + 4 * j + i.
MK_INLINE MK_VI MK_W(words)(const MK_VI bytes[2], const int j) {
  return j % 2 ? MK_OP(unpackhi_epi8)(bytes[j / 2], MK_ZERO()) : MK_OP(unpacklo_epi8)(bytes[j / 2], MK_ZERO());
}

/// Adds products of vector j with a chunk of the weights.
MK_INLINE MK_VI MK_W(add)(MK_VI sum, MK_VI words, const char *packed, const int chunk, const int j) {
  return MK_OP(add_epi32)(sum, MK_OP(madd_epi16)(words, MK_LOAD(packed + (chunk * 4 + j) * MK_WIDTH)));
}

MK_INLINE void MK_W(block)(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, size_t c,
                           const uint8_t *padding, const mk_clamping clamping, const int whole) {
  enum { LEFT, CENTRE, RIGHT, MIDDLE_TWO, MIDDLE_LAST, CHUNKS };
  const mk_geometry g = conv->geometry;
  const size_t count = mk_min(conv->channels - c, MK_WIDTH);
  const MK_W(bounds) bounds = MK_W(bounds_of)(conv);
  const char *packed = (const char *)conv->packed + c * mk_dwconv_u8_channel_bytes(CHUNKS);
  const char *constants = packed + CHUNKS * 4 * MK_WIDTH;
  for (size_t row = row_begin; row < row_end; ++row) {
    input_rows rows = rows_under(conv, row, c, padding);
    uint8_t *y = conv->output + row * g.output_width * g.output_stride + c;
    size_t x = (size_t)0 - g.pad_left;  // wraps to a huge value left of the image
    MK_VI middle = MK_ZERO(), newest[4], done[4];
    MK_W(bytes) column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
    MK_UNROLL for (int j = 0; j < 4; ++j) {
      newest[j] = MK_W(add)(MK_LOAD(constants + j * MK_WIDTH), MK_W(words)(column.outer, j), packed, LEFT, j);
    }
#if MK_STRIDE == 1
    MK_VI older[4];
    column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
    MK_UNROLL for (int j = 0; j < 4; ++j) {
      const MK_VI outer = MK_W(words)(column.outer, j), two = MK_W(words)(column.middle, j);
      older[j] = MK_W(add)(MK_W(add)(newest[j], outer, packed, CENTRE, j), two, packed, MIDDLE_TWO, j);
      newest[j] = MK_W(add)(MK_LOAD(constants + j * MK_WIDTH), outer, packed, LEFT, j);
    }
#endif
    for (size_t i = 0; i < g.output_width; ++i, y += g.output_stride) {
      column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
#if MK_STRIDE == 2
      MK_UNROLL for (int j = 0; j < 4; ++j) {
        newest[j] = MK_W(add)(newest[j], MK_W(words)(column.outer, j), packed, CENTRE, j);
        newest[j] = MK_W(add)(newest[j], MK_W(words)(column.middle, j), packed, MIDDLE_TWO, j);
      }
      column = MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, &middle);
#endif
      MK_UNROLL for (int j = 0; j < 4; ++j) {
        const MK_VI outer = MK_W(words)(column.outer, j), two = MK_W(words)(column.middle, j);
#if MK_STRIDE == 1
        done[j] = MK_W(add)(MK_W(add)(older[j], outer, packed, RIGHT, j), two, packed, MIDDLE_LAST, j);
        older[j] = MK_W(add)(MK_W(add)(newest[j], outer, packed, CENTRE, j), two, packed, MIDDLE_TWO, j);
#else
        done[j] = MK_W(add)(MK_W(add)(newest[j], outer, packed, RIGHT, j), two, packed, MIDDLE_LAST, j);
#endif
        newest[j] = MK_W(add)(MK_LOAD(constants + j * MK_WIDTH), outer, packed, LEFT, j);
      }
      MK_W(finish)(done, constants, bounds, clamping, y, whole, count);
    }
  }
}
