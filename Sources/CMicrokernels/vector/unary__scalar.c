#include "../common/arithmetic.h"
#include "vector_functions.h"

void mk_unary_f32__scalar(mk_unary kind, size_t count, const float *x, float alpha, float beta, float *y) {
  for (size_t i = 0; i < count; ++i) {
    const float v = x[i];
    switch (kind) {
      case MK_UNARY_SIGMOID: y[i] = 1.0f / (1.0f + expf(-v)); break;
      case MK_UNARY_TANH: y[i] = tanhf(v); break;
      case MK_UNARY_HARD_SIGMOID: y[i] = mk_clamp(fmaf(v, alpha, beta), 0.0f, 1.0f); break;
      case MK_UNARY_HARD_SWISH: y[i] = v * mk_clamp(fmaf(v, 1.0f / 6.0f, 0.5f), 0.0f, 1.0f); break;
      case MK_UNARY_LEAKY_RELU: y[i] = v < 0.0f ? alpha * v : v; break;
      case MK_UNARY_ELU: y[i] = v < 0.0f ? alpha * expm1f(v) : v; break;
      case MK_UNARY_EXP: y[i] = expf(v); break;
    }
  }
}

void mk_lookup_u8__scalar(size_t count, const uint8_t *x, const uint8_t *table, uint8_t *y) {
  for (size_t i = 0; i < count; ++i) y[i] = table[x[i]];
}

void mk_multiply_u8__scalar(size_t count, const uint8_t *a, const uint8_t *b, int32_t zero_a, int32_t zero_b, float scale,
                            float offset, float lower, float upper, uint8_t *y) {
  for (size_t i = 0; i < count; ++i) {
    const int32_t product = (a[i] - zero_a) * (b[i] - zero_b);
    y[i] = mk_round_u8(fmaf((float)product, scale, offset), lower, upper);
  }
}
