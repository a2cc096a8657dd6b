#include "../common/arithmetic.h"
#include "vector_functions.h"

void mk_sum_pixels_u8__scalar(size_t pixels, size_t channels, size_t stride, const uint8_t *x, uint32_t *sums) {
  memset(sums, 0, channels * sizeof *sums);
  for (size_t p = 0; p < pixels; ++p, x += stride) {
    for (size_t c = 0; c < channels; ++c) sums[c] += x[c];
  }
}

void mk_mean_pixels_f32__scalar(size_t pixels, size_t channels, size_t stride, const float *x, float *means) {
  for (size_t c = 0; c < channels; ++c) {
    double sum = 0;
    for (size_t p = 0; p < pixels; ++p) sum += (double)x[p * stride + c];
    means[c] = (float)(sum / (double)pixels);
  }
}
