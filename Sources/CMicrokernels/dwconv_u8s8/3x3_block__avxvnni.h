// Output rows of a block of MK_WIDTH channels under a 3x3 window of stride MK_STRIDE.
#include "width__avx2.h"
#include "column__avx2.h"

/// The next column: a 32-bit lane holds three pixels of a channel, and one again, which is multiplied by zero.
MK_INLINE void MK_W(next)(input_rows *rows, const int inside, const uint8_t *padding, const int whole, size_t count,
                          MK_VI quads[4]) {
  MK_VI pixel[3];
  MK_W(column)(rows, inside, padding, whole, count, pixel);
  MK_W(interleave)(pixel[0], pixel[1], pixel[2], pixel[2], quads);
}

MK_INLINE void MK_W(dot)(MK_VI sums[4], const MK_VI from[4], const MK_VI quads[4], const char *packed, const int kx) {
  MK_UNROLL for (int j = 0; j < 4; ++j) {
    sums[j] = MK_OP(dpbusd_avx_epi32)(from[j], quads[j], MK_LOAD(packed + (kx * 4 + j) * MK_WIDTH));
  }
}

MK_INLINE void MK_W(block)(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, size_t c,
                           const uint8_t *padding, const mk_clamping clamping, const int whole) {
  const mk_geometry g = conv->geometry;
  const size_t count = mk_min(conv->channels - c, MK_WIDTH);
  const MK_W(bounds) bounds = MK_W(bounds_of)(conv);
  const char *packed = (const char *)conv->packed + c * mk_dwconv_u8_channel_bytes(3);
  const char *constants = packed + 12 * MK_WIDTH;
  MK_VI initial[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) initial[j] = MK_LOAD(constants + j * MK_WIDTH);
  for (size_t row = row_begin; row < row_end; ++row) {
    input_rows rows = rows_under(conv, row, c, padding);
    uint8_t *y = conv->output + row * g.output_width * g.output_stride + c;
    size_t x = (size_t)0 - g.pad_left;  // wraps to a huge value left of the image
    MK_VI quads[4], newest[4], done[4];
    MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, quads);
    MK_W(dot)(newest, initial, quads, packed, 0);
#if MK_STRIDE == 1
    MK_VI older[4];
    MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, quads);
    MK_W(dot)(older, newest, quads, packed, 1);
    MK_W(dot)(newest, initial, quads, packed, 0);
#endif
    for (size_t i = 0; i < g.output_width; ++i, y += g.output_stride) {
      MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, quads);
#if MK_STRIDE == 1
      MK_W(dot)(done, older, quads, packed, 2);
      MK_W(dot)(older, newest, quads, packed, 1);
#else
      MK_W(dot)(newest, newest, quads, packed, 1);
      MK_W(next)(&rows, x++ < g.input_width, padding, whole, count, quads);
      MK_W(dot)(done, newest, quads, packed, 2);
#endif
      MK_W(dot)(newest, initial, quads, packed, 0);
      MK_W(finish)(done, constants, bounds, clamping, y, whole, count);
    }
  }
}
