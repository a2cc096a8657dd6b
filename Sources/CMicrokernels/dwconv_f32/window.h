// The part of a window that lies inside of the image. Taps in the padding add nothing and are left out.
#ifndef MK_DWCONV_F32_WINDOW_H
#define MK_DWCONV_F32_WINDOW_H

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

typedef struct mk_window {
  const float *image;
  ptrdiff_t top, left;                         ///< input position of the first tap, maybe outside
  size_t ky_begin, ky_end, kx_begin, kx_end;  ///< taps inside
} mk_window;

/// Taps begin ..< end of an axis whose input positions start + tap * dilation are in 0 ..< extent.
MK_INLINE void mk_taps_inside(ptrdiff_t start, size_t dilation, size_t taps, size_t extent, size_t *begin, size_t *end) {
  const size_t first = start >= 0 ? 0 : ((size_t)-start + dilation - 1) / dilation;
  const ptrdiff_t room = (ptrdiff_t)extent - start;
  const size_t last = room <= 0 ? 0 : ((size_t)room + dilation - 1) / dilation;
  *begin = first;
  *end = mk_max(mk_min(last, taps), first);
}

/// The window of output column x of output row `row` (flat over batch and height).
MK_INLINE mk_window mk_window_at(const mk_dwconv_f32 *conv, size_t row, size_t x) {
  const mk_geometry *g = &conv->geometry;
  mk_window window = {
      .image = conv->input + row / g->output_height * g->input_height * g->input_width * g->input_stride,
      .top = (ptrdiff_t)(row % g->output_height * g->stride_height) - (ptrdiff_t)g->pad_top,
      .left = (ptrdiff_t)(x * g->stride_width) - (ptrdiff_t)g->pad_left,
  };
  mk_taps_inside(window.top, g->dilation_height, g->kernel_height, g->input_height, &window.ky_begin, &window.ky_end);
  mk_taps_inside(window.left, g->dilation_width, g->kernel_width, g->input_width, &window.kx_begin, &window.kx_end);
  return window;
}

MK_INLINE const float *mk_window_pixel(const mk_window *window, const mk_geometry *g, size_t ky, size_t kx) {
  const size_t y = (size_t)(window->top + (ptrdiff_t)(ky * g->dilation_height));
  const size_t x = (size_t)(window->left + (ptrdiff_t)(kx * g->dilation_width));
  return window->image + (y * g->input_width + x) * g->input_stride;
}

#endif
