// Depthwise convolution over vectors of channels. Each output is one chain of fused multiply-adds in row-major order of the
// taps, as the scalar twin's. The including file defines MK_NAME after it has included common/lanes__*.h.
#include "window.h"

enum {
  MK_VECTORS = 4,                      // of channels, side by side under any window
  MK_PIXELS = MK_LANES == 16 ? 8 : 4,  // output pixels side by side under a 3x3 window
};

MK_INLINE void channels_at(const mk_dwconv_f32 *conv, const mk_window *window, size_t c, float *y, const int vectors,
                           size_t last_count) {
  const mk_geometry *g = &conv->geometry;
  const size_t padded = conv->weights_stride;
  mk_vf sums[MK_VECTORS];
  MK_UNROLL for (int n = 0; n < vectors; ++n) sums[n] = mk_vf_load(conv->bias + c + n * MK_LANES);
  for (size_t ky = window->ky_begin; ky < window->ky_end; ++ky) {
    for (size_t kx = window->kx_begin; kx < window->kx_end; ++kx) {
      const float *x = mk_window_pixel(window, g, ky, kx) + c;
      const float *w = conv->weights + (ky * g->kernel_width + kx) * padded + c;
      MK_UNROLL for (int n = 0; n < vectors; ++n) {
        const mk_vf pixel = n + 1 < vectors ? mk_vf_load(x + n * MK_LANES) : mk_vf_load_part(x + n * MK_LANES, last_count);
        sums[n] = mk_vf_fma(pixel, mk_vf_load(w + n * MK_LANES), sums[n]);
      }
    }
  }
  const mk_vf lower = mk_vf_set(conv->lower), upper = mk_vf_set(conv->upper);
  MK_UNROLL for (int n = 0; n < vectors; ++n) {
    const mk_vf f = mk_vf_min(upper, mk_vf_max(lower, sums[n]));
    mk_vf_store_part(y + c + n * MK_LANES, f, n + 1 < vectors ? MK_LANES : last_count);
  }
}

static void any_pixel(const mk_dwconv_f32 *conv, size_t row, size_t x) {
  const mk_window window = mk_window_at(conv, row, x);
  float *y = conv->output + (row * conv->geometry.output_width + x) * conv->geometry.output_stride;
  size_t c = 0;
  for (; conv->channels - c >= MK_VECTORS * MK_LANES; c += MK_VECTORS * MK_LANES) {
    channels_at(conv, &window, c, y, MK_VECTORS, MK_LANES);
  }
  for (; c < conv->channels; c += MK_LANES) channels_at(conv, &window, c, y, 1, mk_min(conv->channels - c, MK_LANES));
}

/// LANES channels, or `count`, of neighbouring pixels under 3x3 windows of dilation 1 that lie inside of the image.
MK_INLINE void inner_channels(const mk_dwconv_f32 *conv, const float *first, float *y, size_t c, const int stride,
                              const int pixels, const int whole, size_t count) {
  const mk_geometry *g = &conv->geometry;
  const size_t padded = conv->weights_stride, row_floats = g->input_width * g->input_stride;
  const mk_vf bias = mk_vf_load(conv->bias + c);
  mk_vf sums[MK_PIXELS];
  MK_UNROLL for (int i = 0; i < pixels; ++i) sums[i] = bias;
  MK_UNROLL for (int ky = 0; ky < 3; ++ky) {
    mk_vf w[3];
    MK_UNROLL for (int kx = 0; kx < 3; ++kx) w[kx] = mk_vf_load(conv->weights + (size_t)(ky * 3 + kx) * padded + c);
    const float *x = first + (size_t)ky * row_floats + c;
    MK_UNROLL for (int column = 0; column < (pixels - 1) * stride + 3; ++column, x += g->input_stride) {
      const mk_vf pixel = whole ? mk_vf_load(x) : mk_vf_load_part(x, count);
      MK_UNROLL for (int kx = 0; kx < 3; ++kx) {
        const int i = (column - kx) / stride;
        if (column < kx || (column - kx) % stride || i >= pixels) continue;
        sums[i] = mk_vf_fma(pixel, w[kx], sums[i]);
      }
    }
  }
  const mk_vf lower = mk_vf_set(conv->lower), upper = mk_vf_set(conv->upper);
  MK_UNROLL for (int i = 0; i < pixels; ++i) {
    const mk_vf f = mk_vf_min(upper, mk_vf_max(lower, sums[i]));
    if (whole) {
      mk_vf_store(y + (size_t)i * g->output_stride + c, f);
    } else {
      mk_vf_store_part(y + (size_t)i * g->output_stride + c, f, count);
    }
  }
}

MK_INLINE void inner_pixels(const mk_dwconv_f32 *conv, size_t row, size_t x, const int stride, const int pixels) {
  const mk_geometry *g = &conv->geometry;
  const mk_window window = mk_window_at(conv, row, x);
  const float *first = mk_window_pixel(&window, g, 0, 0);
  float *y = conv->output + (row * g->output_width + x) * g->output_stride;
  size_t c = 0;
  for (; conv->channels - c >= MK_LANES; c += MK_LANES) inner_channels(conv, first, y, c, stride, pixels, 1, MK_LANES);
  if (c < conv->channels) inner_channels(conv, first, y, c, stride, pixels, 0, conv->channels - c);
}

/// One row of 3x3 windows of dilation 1.
MK_INLINE void row_3x3(const mk_dwconv_f32 *conv, size_t row, const int stride) {
  const mk_geometry *g = &conv->geometry;
  const mk_window window = mk_window_at(conv, row, 0);
  const int inside = window.ky_begin == 0 && window.ky_end == 3;
  // Columns begin ..< end have their windows inside of the image.
  const size_t begin = mk_min((g->pad_left + (size_t)stride - 1) / (size_t)stride, g->output_width);
  const size_t room = g->input_width + g->pad_left;
  const size_t end = room < 3 ? 0 : mk_min((room - 3) / (size_t)stride + 1, g->output_width);
  size_t x = 0;
  for (; x < begin; ++x) any_pixel(conv, row, x);
  for (; inside && x + MK_PIXELS <= end; x += MK_PIXELS) inner_pixels(conv, row, x, stride, MK_PIXELS);
  for (; inside && x + MK_PIXELS / 2 <= end; x += MK_PIXELS / 2) inner_pixels(conv, row, x, stride, MK_PIXELS / 2);
  for (; x < g->output_width; ++x) any_pixel(conv, row, x);
}

void MK_NAME(const mk_dwconv_f32 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const int is_3x3 = g->kernel_height == 3 && g->kernel_width == 3 && g->dilation_height == 1 && g->dilation_width == 1;
  for (size_t row = row_begin; row < row_end; ++row) {
    if (is_3x3 && g->stride_width == 1) {
      row_3x3(conv, row, 1);
    } else if (is_3x3 && g->stride_width == 2) {
      row_3x3(conv, row, 2);
    } else {
      for (size_t x = 0; x < g->output_width; ++x) any_pixel(conv, row, x);
    }
  }
}
