#include "../common/arithmetic.h"
#include "vector_functions.h"

void mk_add_f32__scalar(size_t count, const float *a, const float *b, float lower, float upper, float *y) {
  for (size_t i = 0; i < count; ++i) y[i] = mk_clamp(a[i] + b[i], lower, upper);
}

void mk_multiply_f32__scalar(size_t count, const float *a, const float *b, float lower, float upper, float *y) {
  for (size_t i = 0; i < count; ++i) y[i] = mk_clamp(a[i] * b[i], lower, upper);
}

void mk_clamp_f32__scalar(size_t count, const float *x, float lower, float upper, float *y) {
  for (size_t i = 0; i < count; ++i) y[i] = mk_clamp(x[i], lower, upper);
}

void mk_scale_channels_f32__scalar(size_t pixels, size_t channels, size_t x_stride, const float *x, const float *scale,
                                   const float *bias, float lower, float upper, size_t y_stride, float *y) {
  for (size_t p = 0; p < pixels; ++p, x += x_stride, y += y_stride) {
    for (size_t c = 0; c < channels; ++c) y[c] = mk_clamp(fmaf(x[c], scale[c], bias[c]), lower, upper);
  }
}

void mk_range_f32__scalar(size_t count, const float *x, float *minimum, float *maximum) {
  float least = INFINITY, greatest = -INFINITY;
  for (size_t i = 0; i < count; ++i) {
    least = x[i] < least ? x[i] : least;
    greatest = x[i] > greatest ? x[i] : greatest;
  }
  *minimum = least;
  *maximum = greatest;
}
