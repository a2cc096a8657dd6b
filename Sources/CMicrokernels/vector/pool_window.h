// The part of a pooling window that lies inside of the image.
#ifndef MK_VECTOR_POOL_WINDOW_H
#define MK_VECTOR_POOL_WINDOW_H

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

typedef struct mk_pool_window {
  size_t first;                  ///< flat index, in elements, of the first tap inside
  size_t rows, columns;          ///< taps inside
  size_t row_step, column_step;  ///< elements from tap to tap
  size_t counted;                ///< what an average divides by: at least 1
} mk_pool_window;

/// Taps of one axis: the input position of the first one inside, how many are inside, and how many in the padded image.
typedef struct mk_pool_axis {
  size_t first, taps, padded_taps;
} mk_pool_axis;

MK_INLINE mk_pool_axis mk_pool_axis_at(size_t position, size_t stride, size_t dilation, size_t kernel, size_t extent,
                                       size_t pad_before, size_t pad_after, size_t origin) {
  mk_pool_axis axis = {origin, 0, 0};
  for (size_t k = 0; k < kernel; ++k) {
    const size_t padded = position * stride + k * dilation;
    if (padded < pad_before + extent + pad_after) ++axis.padded_taps;
    if (padded < pad_before || padded >= pad_before + extent) continue;
    if (axis.taps++ == 0) axis.first = origin + padded - pad_before;
  }
  return axis;
}

/// The rows under output row `row` (flat over batch and height).
MK_INLINE mk_pool_axis mk_pool_rows_at(const mk_pool *pool, size_t row) {
  const mk_geometry *g = &pool->geometry;
  return mk_pool_axis_at(row % g->output_height, g->stride_height, g->dilation_height, g->kernel_height, g->input_height,
                         g->pad_top, pool->pad_bottom, row / g->output_height * g->input_height);
}

/// The window of output column x, given the rows under it.
MK_INLINE mk_pool_window mk_pool_window_at(const mk_pool *pool, mk_pool_axis v, size_t x) {
  const mk_geometry *g = &pool->geometry;
  const size_t begin = x * g->stride_width, reach = (g->kernel_width - 1) * g->dilation_width;
  mk_pool_axis h;
  if (begin >= g->pad_left && begin + reach < g->pad_left + g->input_width) {
    h = (mk_pool_axis){begin - g->pad_left, g->kernel_width, g->kernel_width};
  } else {
    h = mk_pool_axis_at(x, g->stride_width, g->dilation_width, g->kernel_width, g->input_width, g->pad_left,
                        pool->pad_right, 0);
  }
  const size_t counted = pool->count_includes_padding ? v.padded_taps * h.padded_taps : v.taps * h.taps;
  return (mk_pool_window){
      .first = (v.first * g->input_width + h.first) * g->input_stride,
      .rows = h.taps ? v.taps : 0,
      .columns = h.taps,
      .row_step = g->dilation_height * g->input_width * g->input_stride,
      .column_step = g->dilation_width * g->input_stride,
      .counted = mk_max(counted, 1),
  };
}

/// Padding's share of the sum of a uint8 average.
MK_INLINE uint32_t mk_pool_padding(const mk_pool *pool, const mk_pool_window *window) {
  const size_t inside = window->rows * window->columns;
  return pool->count_includes_padding && window->counted > inside ? (uint32_t)((window->counted - inside) * pool->zero_point)
                                                                  : 0;
}

#endif
