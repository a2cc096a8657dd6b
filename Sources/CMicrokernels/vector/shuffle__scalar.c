#include "vector_functions.h"

void mk_shuffle_channels_u8__scalar(size_t pixels, size_t channels, size_t groups, size_t x_stride, const uint8_t *x,
                                    size_t y_stride, uint8_t *y) {
  const size_t width = channels / groups;
  for (size_t p = 0; p < pixels; ++p, x += x_stride, y += y_stride) {
    for (size_t g = 0; g < groups; ++g) {
      for (size_t j = 0; j < width; ++j) y[j * groups + g] = x[g * width + j];
    }
  }
}

void mk_shuffle_channels_f32__scalar(size_t pixels, size_t channels, size_t groups, size_t x_stride, const float *x,
                                     size_t y_stride, float *y) {
  const size_t width = channels / groups;
  for (size_t p = 0; p < pixels; ++p, x += x_stride, y += y_stride) {
    for (size_t g = 0; g < groups; ++g) {
      for (size_t j = 0; j < width; ++j) y[j * groups + g] = x[g * width + j];
    }
  }
}
