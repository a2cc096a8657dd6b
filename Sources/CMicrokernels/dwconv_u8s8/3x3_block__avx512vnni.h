// Output rows of a block of MK_WIDTH channels under a 3x3 window of stride MK_STRIDE.
#include "width__avx512vnni.h"

/// Interleaves the column that `rows` is at, or padding if it is outside of the image, and goes on to the next.
MK_INLINE void MK_W(column)(input_rows *rows, const int inside, const uint8_t *padding, MK_MASK mask, const int whole,
                            MK_VI quads[4]) {
  MK_VI pixel[3];
  MK_UNROLL for (int ky = 0; ky < 3; ++ky) {
    pixel[ky] = MK_W(load)(inside ? rows->row[ky] : padding, mask, whole);
    rows->row[ky] += rows->step[ky];
  }
  MK_W(interleave)(pixel[0], pixel[1], pixel[2], pixel[2], quads);  // the fourth weight is zero
}

MK_INLINE void MK_W(dot)(MK_VI sums[4], const MK_VI from[4], const MK_VI quads[4], const MK_VI weights[4]) {
  MK_UNROLL for (int j = 0; j < 4; ++j) sums[j] = MK_OP(dpbusd_epi32)(from[j], quads[j], weights[j]);
}

MK_INLINE void MK_W(block)(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, size_t c,
                           const uint8_t *padding, const mk_clamping clamping, const int whole) {
  const mk_geometry g = conv->geometry;
  const MK_MASK mask = MK_W(mask_of)(conv->channels - c);
  const MK_W(bounds) bounds = MK_W(bounds_of)(conv);
  const char *packed = (const char *)conv->packed + c * mk_dwconv_u8_channel_bytes(3);
  const char *constants = packed + 12 * MK_WIDTH;
  MK_VI w[3][4], initial[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) {
    MK_UNROLL for (int kx = 0; kx < 3; ++kx) w[kx][j] = MK_OP(loadu_epi8)(packed + (kx * 4 + j) * MK_WIDTH);
    initial[j] = MK_OP(loadu_epi8)(constants + j * MK_WIDTH);
  }
  for (size_t row = row_begin; row < row_end; ++row) {
    input_rows rows = rows_under(conv, row, c, padding);
    uint8_t *y = conv->output + row * g.output_width * g.output_stride + c;
    size_t x = (size_t)0 - g.pad_left;  // wraps to a huge value left of the image
    MK_VI quads[4], newest[4], done[4];
    MK_W(column)(&rows, x++ < g.input_width, padding, mask, whole, quads);
    MK_W(dot)(newest, initial, quads, w[0]);
#if MK_STRIDE == 1
    MK_VI middle[4];
    MK_W(column)(&rows, x++ < g.input_width, padding, mask, whole, quads);
    MK_W(dot)(middle, newest, quads, w[1]);
    MK_W(dot)(newest, initial, quads, w[0]);
    for (size_t i = 0; i < g.output_width; ++i, y += g.output_stride) {
      MK_W(column)(&rows, x++ < g.input_width, padding, mask, whole, quads);
      MK_W(dot)(done, middle, quads, w[2]);
      MK_W(dot)(middle, newest, quads, w[1]);
      MK_W(dot)(newest, initial, quads, w[0]);
      MK_W(finish)(done, constants, bounds, clamping, y, mask, whole);
    }
#else
    for (size_t i = 0; i < g.output_width; ++i, y += g.output_stride) {
      MK_W(column)(&rows, x++ < g.input_width, padding, mask, whole, quads);
      MK_W(dot)(newest, newest, quads, w[1]);
      MK_W(column)(&rows, x++ < g.input_width, padding, mask, whole, quads);
      MK_W(dot)(done, newest, quads, w[2]);
      MK_W(dot)(newest, initial, quads, w[0]);
      MK_W(finish)(done, constants, bounds, clamping, y, mask, whole);
    }
#endif
  }
}
