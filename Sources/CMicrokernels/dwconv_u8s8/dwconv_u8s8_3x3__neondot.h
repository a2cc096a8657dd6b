// 3x3 windows with Arm's dot product, one input column after the other: a column costs one interleaving and one dot
// product for each output column that it belongs to. The including file defines MK_NAME and MK_STRIDE, 1 or 2.
#pragma clang attribute push(__attribute__((target("arch=armv8.2-a+dotprod"))), apply_to = function)

#include "block__neondot.h"
#include "rows_3x3.h"

/// The column that `rows` is at, or padding if it is outside of the image; goes on to the next column.
MK_INLINE void next(input_rows *rows, const int inside, const uint8_t *padding, size_t count, int8x16_t quads[4]) {
  uint8x16_t pixel[4];
  MK_UNROLL for (int ky = 0; ky < 3; ++ky) {
    pixel[ky] = mk_load_bytes(inside ? rows->row[ky] : padding, count);
    rows->row[ky] += rows->step[ky];
  }
  pixel[3] = pixel[2];  // the fourth weight is zero
  interleave(pixel, quads);
}

MK_INLINE void block(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, size_t c, const uint8_t *padding,
                     size_t count) {
  const mk_geometry g = conv->geometry;
  const int8_t *w = (const int8_t *)conv->packed + c * mk_dwconv_u8_channel_bytes(3);
  const char *constants = (const char *)w + 3 * 64;
  int32x4_t initial[4];
  load_initial(constants, initial);
  for (size_t row = row_begin; row < row_end; ++row) {
    input_rows rows = rows_under(conv, row, c, padding);
    uint8_t *y = conv->output + row * g.output_width * g.output_stride + c;
    size_t x = (size_t)0 - g.pad_left;  // wraps to a huge value left of the image
    int8x16_t quads[4];
    int32x4_t newest[4], done[4];
    next(&rows, x++ < g.input_width, padding, count, quads);
    dot(newest, initial, quads, w);
#if MK_STRIDE == 1
    int32x4_t older[4];
    next(&rows, x++ < g.input_width, padding, count, quads);
    dot(older, newest, quads, w + 64);
    dot(newest, initial, quads, w);
#endif
    for (size_t i = 0; i < g.output_width; ++i, y += g.output_stride) {
      next(&rows, x++ < g.input_width, padding, count, quads);
#if MK_STRIDE == 1
      dot(done, older, quads, w + 128);
      dot(older, newest, quads, w + 64);
#else
      dot(newest, newest, quads, w + 64);
      next(&rows, x++ < g.input_width, padding, count, quads);
      dot(done, newest, quads, w + 128);
#endif
      dot(newest, initial, quads, w);
      finish(conv, done, constants, y, count);
    }
  }
}

void MK_NAME(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  uint8_t padding[16];
  memset(padding, conv->zero_point, sizeof padding);
  size_t c = 0;
  for (; conv->channels - c >= 16; c += 16) block(conv, row_begin, row_end, c, padding, 16);
  if (c < conv->channels) block(conv, row_begin, row_end, c, padding, conv->channels - c);
}

#pragma clang attribute pop
