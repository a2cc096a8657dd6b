#include "../common/arithmetic.h"
#include "vector_functions.h"

// d^0.75 and d^0.5, the usual exponents, by square roots, which every instruction set rounds alike.
static float power(float d, float beta) {
  if (beta == 0.75f) return sqrtf(d) * sqrtf(sqrtf(d));
  return beta == 0.5f ? sqrtf(d) : powf(d, beta);
}

void mk_lrn_f32__scalar(size_t pixels, size_t channels, size_t stride, const float *x, size_t size, float alpha, float beta,
                        float bias, float *y) {
  const size_t before = (size - 1) / 2, after = size - 1 - before;
  const float factor = alpha / (float)size;
  for (size_t p = 0; p < pixels; ++p, x += stride, y += stride) {
    for (size_t c = 0; c < channels; ++c) {
      float sum = 0;
      for (size_t i = c > before ? c - before : 0; i < mk_min(c + after + 1, channels); ++i) sum = fmaf(x[i], x[i], sum);
      y[c] = x[c] / power(fmaf(factor, sum, bias), beta);
    }
  }
}
