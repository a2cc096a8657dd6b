#include "window.h"

void mk_dwconv_f32_any__scalar(const mk_dwconv_f32 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const size_t padded = conv->weights_stride;
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width; ++x) {
      const mk_window window = mk_window_at(conv, row, x);
      float *y = conv->output + (row * g->output_width + x) * g->output_stride;
      for (size_t c = 0; c < conv->channels; ++c) {
        float sum = conv->bias[c];
        for (size_t ky = window.ky_begin; ky < window.ky_end; ++ky) {
          for (size_t kx = window.kx_begin; kx < window.kx_end; ++kx) {
            const float *pixel = mk_window_pixel(&window, g, ky, kx);
            sum = fmaf(pixel[c], conv->weights[(ky * g->kernel_width + kx) * padded + c], sum);
          }
        }
        y[c] = mk_clamp(sum, conv->lower, conv->upper);
      }
    }
  }
}
