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
  const size_t padded = mk_round_up(conv->channels, 16);
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

/// MK_PIXELS neighbouring pixels whose 3x3 windows of dilation 1 lie inside of the image; `first` is the first one's
/// first tap.
MK_INLINE void inner_pixels(const mk_dwconv_f32 *conv, const float *first, float *y, const int stride) {
  const mk_geometry *g = &conv->geometry;
  const size_t padded = mk_round_up(conv->channels, 16), row_floats = g->input_width * g->input_stride;
  const mk_vf lower = mk_vf_set(conv->lower), upper = mk_vf_set(conv->upper);
  for (size_t c = 0; c < conv->channels; c += MK_LANES) {
    const size_t count = mk_min(conv->channels - c, MK_LANES);
    mk_vf sums[MK_PIXELS];
    const mk_vf bias = mk_vf_load(conv->bias + c);
    MK_UNROLL for (int i = 0; i < MK_PIXELS; ++i) sums[i] = bias;
    MK_UNROLL for (int ky = 0; ky < 3; ++ky) {
      mk_vf w[3];
      MK_UNROLL for (int kx = 0; kx < 3; ++kx) w[kx] = mk_vf_load(conv->weights + (size_t)(ky * 3 + kx) * padded + c);
      const float *x = first + (size_t)ky * row_floats + c;
      MK_UNROLL for (int column = 0; column < (MK_PIXELS - 1) * stride + 3; ++column, x += g->input_stride) {
        const mk_vf pixel = mk_vf_load_part(x, count);
        MK_UNROLL for (int kx = 0; kx < 3; ++kx) {
          const int i = (column - kx) / stride;
          if (column < kx || (column - kx) % stride || i >= MK_PIXELS) continue;
          sums[i] = mk_vf_fma(pixel, w[kx], sums[i]);
        }
      }
    }
    MK_UNROLL for (int i = 0; i < MK_PIXELS; ++i) {
      mk_vf_store_part(y + (size_t)i * g->output_stride + c, mk_vf_min(upper, mk_vf_max(lower, sums[i])), count);
    }
  }
}

void MK_NAME(const mk_dwconv_f32 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const int is_3x3 = g->kernel_height == 3 && g->kernel_width == 3 && g->dilation_height == 1 && g->dilation_width == 1 &&
                     g->stride_width <= 2;
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width;) {
      if (is_3x3 && x + MK_PIXELS <= g->output_width) {
        const mk_window window = mk_window_at(conv, row, x), last = mk_window_at(conv, row, x + MK_PIXELS - 1);
        if (window.ky_begin == 0 && window.ky_end == 3 && window.kx_begin == 0 && last.kx_end == 3) {
          const float *first = mk_window_pixel(&window, g, 0, 0);
          float *y = conv->output + (row * g->output_width + x) * g->output_stride;
          if (g->stride_width == 1) {
            inner_pixels(conv, first, y, 1);
          } else {
            inner_pixels(conv, first, y, 2);
          }
          x += MK_PIXELS;
          continue;
        }
      }
      any_pixel(conv, row, x++);
    }
  }
}
