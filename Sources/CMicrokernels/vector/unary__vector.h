#include "exponential.h"
#include "vector_functions.h"

MK_INLINE mk_vf unary(mk_unary kind, mk_vf x, mk_vf alpha, mk_vf beta) {
  const mk_vf zero = mk_vf_set(0.0f), one = mk_vf_set(1.0f);
  switch (kind) {
    case MK_UNARY_SIGMOID: {  // 1 / (1 + e) and e / (1 + e) with e = exp(-|x|)
      const mk_vf e = exponential(mk_vf_minus_magnitude(x));
      return mk_vf_divide(mk_vf_if_negative(x, e, one), mk_vf_add(one, e));
    }
    case MK_UNARY_TANH: {  // (1 - e) / (1 + e) with e = exp(-2 |x|), and the sign of x
      const mk_vf e = exponential(mk_vf_multiply(mk_vf_minus_magnitude(x), mk_vf_set(2.0f)));
      const mk_vf size = mk_vf_divide(mk_vf_fma(e, mk_vf_set(-1.0f), one), mk_vf_add(one, e));
      return mk_vf_if_negative(x, mk_vf_multiply(size, mk_vf_set(-1.0f)), size);
    }
    case MK_UNARY_HARD_SIGMOID: return mk_vf_min(one, mk_vf_max(zero, mk_vf_fma(x, alpha, beta)));
    case MK_UNARY_HARD_SWISH: {
      const mk_vf gate = mk_vf_fma(x, mk_vf_set(1.0f / 6.0f), mk_vf_set(0.5f));
      return mk_vf_multiply(x, mk_vf_min(one, mk_vf_max(zero, gate)));
    }
    case MK_UNARY_LEAKY_RELU: return mk_vf_if_negative(x, mk_vf_multiply(alpha, x), x);
    case MK_UNARY_ELU: {
      const mk_vf e = exponential(mk_vf_minus_magnitude(x));
      return mk_vf_if_negative(x, mk_vf_multiply(alpha, mk_vf_fma(one, e, mk_vf_set(-1.0f))), x);
    }
    case MK_UNARY_EXP: {
      // The reciprocal of the largest results is no normal number, 2^16 times that is.
      const mk_vf e = exponential_times(mk_vf_minus_magnitude(x), 16.0f, -96.0f);
      const mk_vf below = mk_vf_multiply(e, mk_vf_set(0x1p-16f));
      return mk_vf_if_negative(x, below, mk_vf_divide(mk_vf_set(0x1p16f), e));
    }
  }
  return x;
}

MK_INLINE void unary_elements(mk_unary kind, size_t count, const float *x, float alpha, float beta, float *y) {
  const mk_vf a = mk_vf_set(alpha), b = mk_vf_set(beta);
  for (size_t i = 0; i < count; i += MK_LANES) {
    const size_t part = mk_min(count - i, MK_LANES);
    mk_vf_store_part(y + i, unary(kind, mk_vf_load_part(x + i, part), a, b), part);
  }
}

void MK_FOR_ISA(unary_f32)(mk_unary kind, size_t count, const float *x, float alpha, float beta, float *y) {
  switch (kind) {
    case MK_UNARY_SIGMOID: unary_elements(MK_UNARY_SIGMOID, count, x, alpha, beta, y); break;
    case MK_UNARY_TANH: unary_elements(MK_UNARY_TANH, count, x, alpha, beta, y); break;
    case MK_UNARY_HARD_SIGMOID: unary_elements(MK_UNARY_HARD_SIGMOID, count, x, alpha, beta, y); break;
    case MK_UNARY_HARD_SWISH: unary_elements(MK_UNARY_HARD_SWISH, count, x, alpha, beta, y); break;
    case MK_UNARY_LEAKY_RELU: unary_elements(MK_UNARY_LEAKY_RELU, count, x, alpha, beta, y); break;
    case MK_UNARY_ELU: unary_elements(MK_UNARY_ELU, count, x, alpha, beta, y); break;
    case MK_UNARY_EXP: unary_elements(MK_UNARY_EXP, count, x, alpha, beta, y); break;
  }
}

// Sixteen entries at a time: x - 16 n lies in 0...15 for those that are looked up in the n-th part; adding 0x70 with
// saturation sets the highest bit of all others, for which the byte shuffle gives zero.
void MK_FOR_ISA(lookup_u8)(size_t count, const uint8_t *x, const uint8_t *table, uint8_t *y) {
  size_t i = 0;
  for (; i + MK_BYTES <= count; i += MK_BYTES) {
    mk_vb rest = mk_vb_load(x + i), result = mk_vb_zero();
    for (int n = 0; n < 16; ++n) {
      const mk_vb part = mk_vb_repeat16(table + 16 * n);
      result = mk_vb_or(result, mk_vb_shuffle(part, mk_vb_add_saturated(rest, mk_vb_set(0x70))));
      rest = mk_vb_subtract(rest, mk_vb_set(16));
    }
    mk_vb_store(y + i, result);
  }
  mk_lookup_u8__scalar(count - i, x + i, table, y + i);
}

void MK_FOR_ISA(multiply_u8)(size_t count, const uint8_t *a, const uint8_t *b, int32_t zero_a, int32_t zero_b, float scale,
                             float offset, float lower, float upper, uint8_t *y) {
  const mk_vf s = mk_vf_set(scale), o = mk_vf_set(offset), u = mk_vf_set(upper);
  const mk_vb l = mk_vb_set((uint8_t)lower);
  size_t i = 0;
  for (; i + MK_BYTES <= count; i += MK_BYTES) {
    mk_vf f[4];
    MK_UNROLL for (int n = 0; n < 4; ++n) {
      // Exact: differences of bytes have products of less than 2^24.
      const size_t at = i + (size_t)n * MK_LANES;
      const mk_vf product = mk_vf_multiply(mk_vf_load_u8_above(a + at, zero_a), mk_vf_load_u8_above(b + at, zero_b));
      f[n] = mk_vf_min(mk_vf_fma(product, s, o), u);
    }
    mk_vf_store_u8x4(y + i, f, l);
  }
  for (; i + MK_LANES <= count; i += MK_LANES) {
    const mk_vf product = mk_vf_multiply(mk_vf_load_u8_above(a + i, zero_a), mk_vf_load_u8_above(b + i, zero_b));
    mk_vf_store_u8(y + i, mk_vf_max(mk_vf_min(mk_vf_fma(product, s, o), u), mk_vf_set(lower)));
  }
  mk_multiply_u8__scalar(count - i, a + i, b + i, zero_a, zero_b, scale, offset, lower, upper, y + i);
}
