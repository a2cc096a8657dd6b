// Sixteen floats side by side. Begins the target attribute, which the including file ends.
#include <immintrin.h>

#include "CMicrokernels.h"
#include "arithmetic.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

#define MK_LANES 16
#define MK_ISA_SUFFIX avx512vnni
typedef __m512 mk_vf;

MK_INLINE __mmask16 mk_first(size_t count) { return (__mmask16)((1u << count) - 1); }

MK_INLINE mk_vf mk_vf_set(float x) { return _mm512_set1_ps(x); }
MK_INLINE mk_vf mk_vf_load(const float *p) { return _mm512_loadu_ps(p); }
MK_INLINE mk_vf mk_vf_load_part(const float *p, size_t count) { return _mm512_maskz_loadu_ps(mk_first(count), p); }
MK_INLINE void mk_vf_store(float *p, mk_vf v) { _mm512_storeu_ps(p, v); }
MK_INLINE void mk_vf_store_part(float *p, mk_vf v, size_t count) { _mm512_mask_storeu_ps(p, mk_first(count), v); }
MK_INLINE mk_vf mk_vf_add(mk_vf a, mk_vf b) { return _mm512_add_ps(a, b); }
MK_INLINE mk_vf mk_vf_multiply(mk_vf a, mk_vf b) { return _mm512_mul_ps(a, b); }
MK_INLINE mk_vf mk_vf_divide(mk_vf a, mk_vf b) { return _mm512_div_ps(a, b); }
MK_INLINE mk_vf mk_vf_sqrt(mk_vf a) { return _mm512_sqrt_ps(a); }
MK_INLINE mk_vf mk_vf_fma(mk_vf a, mk_vf b, mk_vf c) { return _mm512_fmadd_ps(a, b, c); }
// Both give the second operand if either is NaN or both are zero.
MK_INLINE mk_vf mk_vf_min(mk_vf a, mk_vf b) { return _mm512_min_ps(a, b); }
MK_INLINE mk_vf mk_vf_max(mk_vf a, mk_vf b) { return _mm512_max_ps(a, b); }
MK_INLINE mk_vf mk_vf_zero_if_nan(mk_vf a) {
  return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(a, a, _CMP_ORD_Q), a);
}
MK_INLINE mk_vf mk_vf_round(mk_vf a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
/// a * 2^n for whole n, where the result is a normal number.
MK_INLINE mk_vf mk_vf_scale(mk_vf a, mk_vf n) { return _mm512_scalef_ps(a, n); }
MK_INLINE mk_vf mk_vf_zero_if_below(mk_vf a, mk_vf x, mk_vf limit) {
  return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(x, limit, _CMP_NLT_UQ), a);
}
/// Lanes start ..< start + LANES of p; those not in 0 ..< count are zero and not read.
MK_INLINE mk_vf mk_vf_load_inside(const float *p, ptrdiff_t start, size_t count) {
  const __m512i at = _mm512_add_epi32(_mm512_set1_epi32((int)start),
                                      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  return _mm512_maskz_loadu_ps(_mm512_cmplt_epu32_mask(at, _mm512_set1_epi32((int)count)), p + start);
}

/// Lanes of `from` by their index, those of `old` where the index is negative.
MK_INLINE mk_vf mk_vf_pick(mk_vf old, mk_vf from, const int32_t *index) {
  const __m512i i = _mm512_loadu_si512(index);
  return _mm512_mask_permutexvar_ps(old, (__mmask16)~_mm512_movepi32_mask(i), i, from);
}

/// Bytes as floats.
MK_INLINE mk_vf mk_vf_load_u8(const uint8_t *p) {
  return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p)));
}
/// Rounds floats in 0...255 to nearest, ties to even.
MK_INLINE void mk_vf_store_u8(uint8_t *p, mk_vf v) {
  _mm_storeu_si128((__m128i *)p, _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(v)));
}
/// Rounds and adds a zero point; the sum is in 0...255.
MK_INLINE void mk_vf_store_u8_above(uint8_t *p, mk_vf v, int32_t zero_point) {
  const __m512i y = _mm512_add_epi32(_mm512_cvtps_epi32(v), _mm512_set1_epi32(zero_point));
  _mm_storeu_si128((__m128i *)p, _mm512_cvtepi32_epi8(y));
}
/// Three channels of LANES pixels of four bytes as mk_vf_store_u8_above does them; the fourth byte stays as it is.
MK_INLINE void mk_vf_store_pixels3(uint8_t *p, mk_vf a, mk_vf b, mk_vf c, int32_t zero_point) {
  const __m512i z = _mm512_set1_epi32(zero_point);
  const __m512i x = _mm512_add_epi32(_mm512_cvtps_epi32(a), z), y = _mm512_add_epi32(_mm512_cvtps_epi32(b), z);
  const __m512i low = _mm512_or_si512(x, _mm512_slli_epi32(y, 8));
  const __m512i high = _mm512_slli_epi32(_mm512_add_epi32(_mm512_cvtps_epi32(c), z), 16);
  _mm512_mask_storeu_epi8(p, 0x7777777777777777, _mm512_or_si512(low, high));
}
/// (float)(byte - zero_point)
MK_INLINE mk_vf mk_vf_load_u8_above(const uint8_t *p, int32_t zero_point) {
  const __m512i x = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p));
  return _mm512_cvtepi32_ps(_mm512_sub_epi32(x, _mm512_set1_epi32(zero_point)));
}
MK_INLINE float mk_vf_least(mk_vf v) { return _mm512_reduce_min_ps(v); }
MK_INLINE float mk_vf_greatest(mk_vf v) { return _mm512_reduce_max_ps(v); }

#define MK_BYTES 64
typedef __m512i mk_vb;
MK_INLINE mk_vb mk_vb_load(const uint8_t *p) { return _mm512_loadu_si512(p); }
MK_INLINE void mk_vb_store(uint8_t *p, mk_vb v) { _mm512_storeu_si512(p, v); }
MK_INLINE mk_vb mk_vb_zero(void) { return _mm512_setzero_si512(); }
MK_INLINE mk_vb mk_vb_load_part(const uint8_t *p, size_t count) { return _mm512_maskz_loadu_epi8((1ull << count) - 1, p); }
MK_INLINE void mk_vb_store_part(uint8_t *p, mk_vb v, size_t count) { _mm512_mask_storeu_epi8(p, (1ull << count) - 1, v); }
MK_INLINE mk_vb mk_vb_max(mk_vb a, mk_vb b) { return _mm512_max_epu8(a, b); }

/// LANES 32-bit counters.
typedef __m512i mk_vi;
MK_INLINE mk_vi mk_vi_set(uint32_t x) { return _mm512_set1_epi32((int32_t)x); }
MK_INLINE mk_vi mk_vi_add_u8(mk_vi sum, const uint8_t *p) {
  return _mm512_add_epi32(sum, _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p)));
}
MK_INLINE void mk_vi_store(uint32_t *p, mk_vi v) { _mm512_storeu_si512(p, v); }
MK_INLINE mk_vf mk_vi_to_float(mk_vi v) { return _mm512_cvtepi32_ps(v); }

/// 2 * LANES 16-bit counters, which wrap.
typedef __m512i mk_vh;
MK_INLINE mk_vh mk_vh_set(uint16_t x) { return _mm512_set1_epi16((int16_t)x); }
/// Adds bytes 2i + 256 * bytes 2i + 1.
MK_INLINE mk_vh mk_vh_add_pairs(mk_vh sum, mk_vb bytes) { return _mm512_add_epi16(sum, bytes); }
/// Adds bytes 2i + 1.
MK_INLINE mk_vh mk_vh_add_second(mk_vh sum, mk_vb bytes) { return _mm512_add_epi16(sum, _mm512_srli_epi16(bytes, 8)); }
/// Sums of bytes 2i, from those of pairs and those of bytes 2i + 1.
MK_INLINE mk_vh mk_vh_first(mk_vh pairs, mk_vh second) { return _mm512_sub_epi16(pairs, _mm512_slli_epi16(second, 8)); }
/// Counters 2i and 2i + 1 as floats.
MK_INLINE mk_vf mk_vh_even(mk_vh v) { return _mm512_cvtepi32_ps(_mm512_and_si512(v, _mm512_set1_epi32(0xffff))); }
MK_INLINE mk_vf mk_vh_odd(mk_vh v) { return _mm512_cvtepi32_ps(_mm512_srli_epi32(v, 16)); }
/// Bytes 4i + n, of v[n] rounded to nearest, ties to even; the floats are in 0...255.
MK_INLINE mk_vb mk_vb_interleaved(const mk_vf v[4]) {
  const __m512i low = _mm512_or_si512(_mm512_cvtps_epi32(v[0]), _mm512_slli_epi32(_mm512_cvtps_epi32(v[1]), 8));
  const __m512i high = _mm512_or_si512(_mm512_cvtps_epi32(v[2]), _mm512_slli_epi32(_mm512_cvtps_epi32(v[3]), 8));
  return _mm512_or_si512(low, _mm512_slli_epi32(high, 16));
}

MK_INLINE mk_vf mk_vf_minus_magnitude(mk_vf x) { return _mm512_or_ps(x, _mm512_set1_ps(-0.0f)); }
/// a where the sign of x is set, else b.
MK_INLINE mk_vf mk_vf_if_negative(mk_vf x, mk_vf a, mk_vf b) {
  return _mm512_mask_blend_ps(_mm512_movepi32_mask(_mm512_castps_si512(x)), b, a);
}
MK_INLINE mk_vb mk_vb_set(uint8_t x) { return _mm512_set1_epi8((int8_t)x); }
MK_INLINE mk_vb mk_vb_or(mk_vb a, mk_vb b) { return _mm512_or_si512(a, b); }
MK_INLINE mk_vb mk_vb_subtract(mk_vb a, mk_vb b) { return _mm512_sub_epi8(a, b); }
MK_INLINE mk_vb mk_vb_add_saturated(mk_vb a, mk_vb b) { return _mm512_adds_epu8(a, b); }
/// Within each sixteen bytes: those of `from` by the low bits of their index, zero where its highest bit is set.
MK_INLINE mk_vb mk_vb_shuffle(mk_vb from, mk_vb index) { return _mm512_shuffle_epi8(from, index); }
MK_INLINE mk_vb mk_vb_repeat16(const uint8_t *p) {
  return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)p));
}

/// Rounds 4 * LANES floats of at most 255 to nearest, ties to even, and raises them to `lower`.
MK_INLINE void mk_vf_store_u8x4(uint8_t *p, const mk_vf v[4], mk_vb lower) {
  const __m512i low = _mm512_packs_epi32(_mm512_cvtps_epi32(v[0]), _mm512_cvtps_epi32(v[1]));
  const __m512i high = _mm512_packs_epi32(_mm512_cvtps_epi32(v[2]), _mm512_cvtps_epi32(v[3]));
  const __m512i mixed = _mm512_max_epu8(_mm512_packus_epi16(low, high), lower);
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  mk_vb_store(p, _mm512_permutexvar_epi32(order, mixed));
}
