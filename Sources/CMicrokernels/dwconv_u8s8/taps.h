// Pointers to the pixels under a window, for depthwise kernels of any window.
#ifndef MK_DWCONV_U8S8_TAPS_H
#define MK_DWCONV_U8S8_TAPS_H

#include "packing.h"

/// The scratch memory: a pixel of padding, then one pointer a tap.
typedef struct mk_taps {
  const uint8_t *padding;
  const uint8_t **pointers;
  size_t count;    ///< rounded up to whole chunks; those without a tap point to the padding
} mk_taps;

MK_INLINE mk_taps mk_taps_prepare(const mk_dwconv_u8 *conv, size_t chunk_taps) {
  const size_t pixel = mk_round_up(conv->channels, 64);
  memset(conv->scratch, conv->zero_point, pixel);
  mk_taps taps = {
      .padding = conv->scratch,
      .pointers = (const uint8_t **)((char *)conv->scratch + pixel),
      .count = mk_round_up(conv->geometry.kernel_height * conv->geometry.kernel_width, chunk_taps),
  };
  for (size_t t = 0; t < taps.count; ++t) taps.pointers[t] = taps.padding;
  return taps;
}

/// Whether the window of output column x lies inside of the image from left to right.
MK_INLINE int mk_taps_inside(const mk_geometry *g, size_t x) {
  const size_t left = x * g->stride_width - g->pad_left;  // wraps to a huge value left of the image
  return left < g->input_width && left + (g->kernel_width - 1) * g->dilation_width < g->input_width;
}

/// Points at the pixels under the window of output column x of output row `row` (flat over batch and height). Columns of a
/// row come in order, from 0.
MK_INLINE void mk_taps_aim(const mk_taps *taps, const mk_dwconv_u8 *conv, size_t row, size_t x) {
  const mk_geometry *g = &conv->geometry;
  const size_t top = row % g->output_height * g->stride_height - g->pad_top;  // wraps to a huge value above the image
  const uint8_t **pointer = taps->pointers;
  if (x > 0 && mk_taps_inside(g, x - 1) && mk_taps_inside(g, x)) {
    const size_t step = g->stride_width * g->input_stride;
    for (size_t ky = 0; ky < g->kernel_height; ++ky, pointer += g->kernel_width) {
      if (top + ky * g->dilation_height >= g->input_height) continue;
      for (size_t kx = 0; kx < g->kernel_width; ++kx) pointer[kx] += step;
    }
    return;
  }
  const uint8_t *image = conv->input + row / g->output_height * g->input_height * g->input_width * g->input_stride;
  const size_t left = x * g->stride_width - g->pad_left;
  for (size_t ky = 0; ky < g->kernel_height; ++ky) {
    const size_t iy = top + ky * g->dilation_height;
    for (size_t kx = 0; kx < g->kernel_width; ++kx) {
      const size_t ix = left + kx * g->dilation_width;
      const int inside = iy < g->input_height && ix < g->input_width;
      *pointer++ = inside ? image + (iy * g->input_width + ix) * g->input_stride : taps->padding;
    }
  }
}

#endif
