// The three input rows under an output row of 3x3 windows of stride MK_STRIDE, at some channel and column.
#ifndef MK_DWCONV_U8S8_ROWS_3X3_H
#define MK_DWCONV_U8S8_ROWS_3X3_H

#include "packing.h"

/// Where the rows are, and how far it is to their next columns. A row of padding is one pixel again and again.
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

#endif
