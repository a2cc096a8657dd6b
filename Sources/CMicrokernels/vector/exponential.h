// The exponential function of vectors. Behind one of common/lanes__*.h.
#ifndef MK_VECTOR_EXPONENTIAL_H
#define MK_VECTOR_EXPONENTIAL_H

// 2^power e^x for x <= 0, within 2 units in the last place; 0 for x below the limit, from which on the result must be a
// normal number, NaN for NaN.
// x = n ln 2 + r with ln 2 in two parts, then the Taylor series of e^r, |r| <= ln 2 / 2, to the seventh power.
MK_INLINE mk_vf exponential_times(mk_vf x, float power, float limit) {
  const mk_vf n = mk_vf_round(mk_vf_multiply(x, mk_vf_set(0x1.715476p0f)));
  mk_vf r = mk_vf_fma(n, mk_vf_set(-0x1.62e4p-1f), x);
  r = mk_vf_fma(n, mk_vf_set(-0x1.7f7d1cp-20f), r);
  mk_vf e = mk_vf_set(1.0f / 5040);
  e = mk_vf_fma(e, r, mk_vf_set(1.0f / 720));
  e = mk_vf_fma(e, r, mk_vf_set(1.0f / 120));
  e = mk_vf_fma(e, r, mk_vf_set(1.0f / 24));
  e = mk_vf_fma(e, r, mk_vf_set(1.0f / 6));
  e = mk_vf_fma(e, r, mk_vf_set(0.5f));
  e = mk_vf_fma(e, r, mk_vf_set(1.0f));
  e = mk_vf_fma(e, r, mk_vf_set(1.0f));
  return mk_vf_zero_if_below(mk_vf_scale(e, mk_vf_add(n, mk_vf_set(power))), x, mk_vf_set(limit));
}

// e^x for x <= 0; 0 below the smallest normal number.
MK_INLINE mk_vf exponential(mk_vf x) { return exponential_times(x, 0.0f, -0x1.5d589ep6f); }

#endif
