// 3x3 windows with AVX-512 VNNI, one input column after the other: the three taps of a column and a zero make a 32-bit
// lane, so a column costs one interleaving and one dot product for each output column that it belongs to. The including
// file defines MK_NAME and MK_STRIDE, 1 or 2.
#include <immintrin.h>

#include "packing.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

/// The three input rows under an output row at some channel and column. A row of padding is one pixel again and again.
typedef struct input_rows {
  const uint8_t *row[3];
  size_t step[3];
} input_rows;

/// The rows at the first column under the first window, which may lie left of the image.
MK_INLINE input_rows rows_under(const mk_dwconv_u8 *conv, size_t row, size_t c, const uint8_t *padding) {
  const mk_geometry *g = &conv->geometry;
  const size_t row_bytes = g->input_width * g->input_stride;
  const uint8_t *image = conv->input + row / g->output_height * g->input_height * row_bytes;
  const size_t top = row % g->output_height * MK_STRIDE - g->pad_top;  // wraps to a huge value above the image
  input_rows rows;
  for (size_t ky = 0; ky < 3; ++ky) {
    const int inside = top + ky < g->input_height;
    rows.row[ky] = inside ? image + (top + ky) * row_bytes + c - g->pad_left * g->input_stride : padding;
    rows.step[ky] = inside ? g->input_stride : 0;
  }
  return rows;
}

#define MK_WIDTH 64
#include "3x3_block__avx512vnni.h"
#undef MK_WIDTH
#define MK_WIDTH 32
#include "3x3_block__avx512vnni.h"

MK_INLINE void all_channels(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, const int is_bounded) {
  _Alignas(64) uint8_t padding[64];
  memset(padding, conv->zero_point, sizeof padding);
  size_t c = 0;
  for (; conv->channels - c >= 64; c += 64) block64(conv, row_begin, row_end, c, padding, is_bounded, 1);
  const size_t rest = conv->channels - c;
  if (rest > 32) block64(conv, row_begin, row_end, c, padding, is_bounded, 0);
  if (rest == 32) block32(conv, row_begin, row_end, c, padding, is_bounded, 1);
  if (rest > 0 && rest < 32) block32(conv, row_begin, row_end, c, padding, is_bounded, 0);
}

void MK_NAME(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  if (mk_dwconv_u8_trailer_of(conv, 3, 32)->is_bounded) {
    all_channels(conv, row_begin, row_end, 1);
  } else {
    all_channels(conv, row_begin, row_end, 0);
  }
}

#pragma clang attribute pop
