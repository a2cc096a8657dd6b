// Quotients by one divisor, rounded as division rounds them. Included after common/lanes__*.h.
//
// With y the rounded reciprocal of b, a quotient q that is off by less than one unit in the last place becomes the rounded
// one as q + (a - q b) y with fused multiply-adds, if nothing underflows: P. Markstein, IBM J. Res. Dev. 34 (1990), p. 111.
// Two such steps make up for the error of a y.
#ifndef MK_VECTOR_DIVISION_H
#define MK_VECTOR_DIVISION_H

typedef struct mk_divisor {
  mk_vf value, minus, reciprocal;
  mk_vf limit;       // of the dividends' magnitudes: quotients beyond 2^20 become 2^20
  int is_moderate;   // no step can overflow, and underflow only what rounds to 0
} mk_divisor;

/// For quotients that are then rounded to integers and clamped to less than 2^20.
MK_INLINE mk_divisor mk_divisor_of(float x) {
  return (mk_divisor){mk_vf_set(x), mk_vf_set(-x), mk_vf_set(1.0f / x), mk_vf_set(x * 0x1p20f), x > 0x1p-80f && x < 0x1p80f};
}

MK_INLINE mk_vf mk_vf_quotient(mk_vf a, mk_divisor b) {
  if (!b.is_moderate) return mk_vf_divide(a, b.value);
  const mk_vf minus = mk_vf_set(-1.0f);
  // Both give the second operand if either is NaN, which so goes through.
  a = mk_vf_max(mk_vf_multiply(b.limit, minus), mk_vf_min(b.limit, a));
  mk_vf q = mk_vf_multiply(a, b.reciprocal);
  MK_UNROLL for (int step = 0; step < 2; ++step) {
    const mk_vf rest = mk_vf_fma(q, b.minus, a);
    q = mk_vf_fma(rest, b.reciprocal, q);
  }
  return q;
}

#endif
