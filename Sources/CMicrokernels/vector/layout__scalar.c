#include "../common/arithmetic.h"
#include "vector_functions.h"

void mk_planes_to_pixels_f32__scalar(size_t pixels, size_t channels, size_t plane, const float *x, size_t stride,
                                      float *y) {
  for (size_t p = 0; p < pixels; ++p) {
    for (size_t c = 0; c < channels; ++c) y[p * stride + c] = x[c * plane + p];
  }
}

void mk_planes_to_pixels_u8__scalar(size_t pixels, size_t channels, size_t plane, const float *x, float scale,
                                    int32_t zero_point, size_t stride, uint8_t *y) {
  for (size_t p = 0; p < pixels; ++p) {
    for (size_t c = 0; c < channels; ++c) y[p * stride + c] = mk_quantize_u8(x[c * plane + p], scale, zero_point);
  }
}

void mk_pixels_to_planes_f32__scalar(size_t pixels, size_t channels, size_t stride, const float *x, float *y) {
  for (size_t c = 0; c < channels; ++c) {
    for (size_t p = 0; p < pixels; ++p) y[c * pixels + p] = x[p * stride + c];
  }
}
