// One float at a time, with the names of the vector operations: for transforms whose scalar twin would be the same text.
#include "arithmetic.h"

#define MK_LANES 1
typedef float mk_vf;

MK_INLINE mk_vf mk_vf_set(float x) { return x; }
MK_INLINE mk_vf mk_vf_load_part(const float *p, size_t count) { return count ? *p : 0; }
MK_INLINE void mk_vf_store_part(float *p, mk_vf v, size_t count) {
  if (count) *p = v;
}
MK_INLINE mk_vf mk_vf_add(mk_vf a, mk_vf b) { return a + b; }
MK_INLINE mk_vf mk_vf_fma(mk_vf a, mk_vf b, mk_vf c) { return fmaf(a, b, c); }
// Both give the second operand if either is NaN or both are zero.
MK_INLINE mk_vf mk_vf_min(mk_vf a, mk_vf b) { return a < b ? a : b; }
MK_INLINE mk_vf mk_vf_max(mk_vf a, mk_vf b) { return a > b ? a : b; }
