// Eight floats side by side. Begins the target attribute, which the including file ends.
#include <immintrin.h>

#include "CMicrokernels.h"
#include "arithmetic.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define MK_LANES 8
#define MK_ISA_SUFFIX avx2
typedef __m256 mk_vf;

MK_INLINE __m256i mk_first(size_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

MK_INLINE mk_vf mk_vf_set(float x) { return _mm256_set1_ps(x); }
MK_INLINE mk_vf mk_vf_load(const float *p) { return _mm256_loadu_ps(p); }
MK_INLINE mk_vf mk_vf_load_part(const float *p, size_t count) { return _mm256_maskload_ps(p, mk_first(count)); }
MK_INLINE void mk_vf_store(float *p, mk_vf v) { _mm256_storeu_ps(p, v); }
MK_INLINE void mk_vf_store_part(float *p, mk_vf v, size_t count) {
  if (count == MK_LANES) {
    _mm256_storeu_ps(p, v);
  } else {
    _mm256_maskstore_ps(p, mk_first(count), v);
  }
}
MK_INLINE mk_vf mk_vf_add(mk_vf a, mk_vf b) { return _mm256_add_ps(a, b); }
MK_INLINE mk_vf mk_vf_multiply(mk_vf a, mk_vf b) { return _mm256_mul_ps(a, b); }
MK_INLINE mk_vf mk_vf_divide(mk_vf a, mk_vf b) { return _mm256_div_ps(a, b); }
MK_INLINE mk_vf mk_vf_sqrt(mk_vf a) { return _mm256_sqrt_ps(a); }
MK_INLINE mk_vf mk_vf_fma(mk_vf a, mk_vf b, mk_vf c) { return _mm256_fmadd_ps(a, b, c); }
// Both give the second operand if either is NaN or both are zero.
MK_INLINE mk_vf mk_vf_min(mk_vf a, mk_vf b) { return _mm256_min_ps(a, b); }
MK_INLINE mk_vf mk_vf_max(mk_vf a, mk_vf b) { return _mm256_max_ps(a, b); }
MK_INLINE mk_vf mk_vf_zero_if_nan(mk_vf a) { return _mm256_and_ps(a, _mm256_cmp_ps(a, a, _CMP_ORD_Q)); }
MK_INLINE mk_vf mk_vf_round(mk_vf a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
/// a * 2^n for whole n, where the result is a normal number.
MK_INLINE mk_vf mk_vf_scale(mk_vf a, mk_vf n) {
  const __m256i power = _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
  return _mm256_mul_ps(a, _mm256_castsi256_ps(power));
}
MK_INLINE mk_vf mk_vf_zero_if_below(mk_vf a, mk_vf x, mk_vf limit) {
  return _mm256_and_ps(a, _mm256_cmp_ps(x, limit, _CMP_NLT_UQ));
}
/// Lanes start ..< start + LANES of p; those not in 0 ..< count are zero and not read.
MK_INLINE mk_vf mk_vf_load_inside(const float *p, ptrdiff_t start, size_t count) {
  const __m256i at = _mm256_add_epi32(_mm256_set1_epi32((int)start), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  const __m256i outside = _mm256_or_si256(_mm256_cmpgt_epi32(_mm256_setzero_si256(), at),
                                          _mm256_cmpgt_epi32(at, _mm256_set1_epi32((int)count - 1)));
  return _mm256_maskload_ps(p + start, _mm256_xor_si256(outside, _mm256_set1_epi32(-1)));
}

/// Lanes of `from` by their index, those of `old` where the index is negative.
MK_INLINE mk_vf mk_vf_pick(mk_vf old, mk_vf from, const int32_t *index) {
  const __m256i i = _mm256_loadu_si256((const __m256i *)index);
  return _mm256_blendv_ps(_mm256_permutevar8x32_ps(from, i), old, _mm256_castsi256_ps(i));
}

MK_INLINE __m256i mk_widen(const uint8_t *p) { return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)p)); }
MK_INLINE void mk_narrow(uint8_t *p, __m256i v) {
  const __m128i halves = _mm_packs_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
  _mm_storel_epi64((__m128i *)p, _mm_packus_epi16(halves, halves));
}

/// Bytes as floats.
MK_INLINE mk_vf mk_vf_load_u8(const uint8_t *p) { return _mm256_cvtepi32_ps(mk_widen(p)); }
/// Rounds floats in 0...255 to nearest, ties to even.
MK_INLINE void mk_vf_store_u8(uint8_t *p, mk_vf v) { mk_narrow(p, _mm256_cvtps_epi32(v)); }
/// Rounds and adds a zero point; the sum is in 0...255.
MK_INLINE void mk_vf_store_u8_above(uint8_t *p, mk_vf v, int32_t zero_point) {
  mk_narrow(p, _mm256_add_epi32(_mm256_cvtps_epi32(v), _mm256_set1_epi32(zero_point)));
}
/// Three channels of LANES pixels of four bytes as mk_vf_store_u8_above does them; the fourth byte stays as it is.
MK_INLINE void mk_vf_store_pixels3(uint8_t *p, mk_vf a, mk_vf b, mk_vf c, int32_t zero_point) {
  const __m256i z = _mm256_set1_epi32(zero_point), fourth = _mm256_set1_epi32((int32_t)0xff000000);
  const __m256i x = _mm256_add_epi32(_mm256_cvtps_epi32(a), z), y = _mm256_add_epi32(_mm256_cvtps_epi32(b), z);
  const __m256i low = _mm256_or_si256(x, _mm256_slli_epi32(y, 8));
  const __m256i high = _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(c), z), 16);
  const __m256i old = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)p), fourth);
  _mm256_storeu_si256((__m256i *)p, _mm256_or_si256(_mm256_or_si256(low, high), old));
}
/// (float)(byte - zero_point)
MK_INLINE mk_vf mk_vf_load_u8_above(const uint8_t *p, int32_t zero_point) {
  return _mm256_cvtepi32_ps(_mm256_sub_epi32(mk_widen(p), _mm256_set1_epi32(zero_point)));
}
MK_INLINE float mk_vf_least(mk_vf v) {
  __m128 x = _mm_min_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  x = _mm_min_ps(x, _mm_movehl_ps(x, x));
  return _mm_cvtss_f32(_mm_min_ss(x, _mm_movehdup_ps(x)));
}
MK_INLINE float mk_vf_greatest(mk_vf v) {
  __m128 x = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  x = _mm_max_ps(x, _mm_movehl_ps(x, x));
  return _mm_cvtss_f32(_mm_max_ss(x, _mm_movehdup_ps(x)));
}

#define MK_BYTES 32
typedef __m256i mk_vb;
MK_INLINE mk_vb mk_vb_load(const uint8_t *p) { return _mm256_loadu_si256((const __m256i *)p); }
MK_INLINE void mk_vb_store(uint8_t *p, mk_vb v) { _mm256_storeu_si256((__m256i *)p, v); }
MK_INLINE mk_vb mk_vb_zero(void) { return _mm256_setzero_si256(); }
MK_INLINE mk_vb mk_vb_load_part(const uint8_t *p, size_t count) {
  uint8_t copy[MK_BYTES] = {0};
  memcpy(copy, p, count);
  return mk_vb_load(copy);
}
MK_INLINE void mk_vb_store_part(uint8_t *p, mk_vb v, size_t count) {
  uint8_t copy[MK_BYTES];
  mk_vb_store(copy, v);
  memcpy(p, copy, count);
}
MK_INLINE mk_vb mk_vb_max(mk_vb a, mk_vb b) { return _mm256_max_epu8(a, b); }

/// LANES 32-bit counters.
typedef __m256i mk_vi;
MK_INLINE mk_vi mk_vi_set(uint32_t x) { return _mm256_set1_epi32((int32_t)x); }
MK_INLINE mk_vi mk_vi_add_u8(mk_vi sum, const uint8_t *p) { return _mm256_add_epi32(sum, mk_widen(p)); }
MK_INLINE void mk_vi_store(uint32_t *p, mk_vi v) { _mm256_storeu_si256((__m256i *)p, v); }
MK_INLINE mk_vf mk_vi_to_float(mk_vi v) { return _mm256_cvtepi32_ps(v); }

/// 2 * LANES 16-bit counters, which wrap.
typedef __m256i mk_vh;
MK_INLINE mk_vh mk_vh_set(uint16_t x) { return _mm256_set1_epi16((int16_t)x); }
/// Adds bytes 2i + 256 * bytes 2i + 1.
MK_INLINE mk_vh mk_vh_add_pairs(mk_vh sum, mk_vb bytes) { return _mm256_add_epi16(sum, bytes); }
/// Adds bytes 2i + 1.
MK_INLINE mk_vh mk_vh_add_second(mk_vh sum, mk_vb bytes) { return _mm256_add_epi16(sum, _mm256_srli_epi16(bytes, 8)); }
/// Sums of bytes 2i, from those of pairs and those of bytes 2i + 1.
MK_INLINE mk_vh mk_vh_first(mk_vh pairs, mk_vh second) { return _mm256_sub_epi16(pairs, _mm256_slli_epi16(second, 8)); }
/// Counters 2i and 2i + 1 as floats.
MK_INLINE mk_vf mk_vh_even(mk_vh v) { return _mm256_cvtepi32_ps(_mm256_and_si256(v, _mm256_set1_epi32(0xffff))); }
MK_INLINE mk_vf mk_vh_odd(mk_vh v) { return _mm256_cvtepi32_ps(_mm256_srli_epi32(v, 16)); }
/// Bytes 4i + n, of v[n] rounded to nearest, ties to even; the floats are in 0...255.
MK_INLINE mk_vb mk_vb_interleaved(const mk_vf v[4]) {
  const __m256i low = _mm256_or_si256(_mm256_cvtps_epi32(v[0]), _mm256_slli_epi32(_mm256_cvtps_epi32(v[1]), 8));
  const __m256i high = _mm256_or_si256(_mm256_cvtps_epi32(v[2]), _mm256_slli_epi32(_mm256_cvtps_epi32(v[3]), 8));
  return _mm256_or_si256(low, _mm256_slli_epi32(high, 16));
}

MK_INLINE mk_vf mk_vf_minus_magnitude(mk_vf x) { return _mm256_or_ps(x, _mm256_set1_ps(-0.0f)); }
/// a where the sign of x is set, else b.
MK_INLINE mk_vf mk_vf_if_negative(mk_vf x, mk_vf a, mk_vf b) { return _mm256_blendv_ps(b, a, x); }
MK_INLINE mk_vb mk_vb_set(uint8_t x) { return _mm256_set1_epi8((int8_t)x); }
MK_INLINE mk_vb mk_vb_or(mk_vb a, mk_vb b) { return _mm256_or_si256(a, b); }
MK_INLINE mk_vb mk_vb_subtract(mk_vb a, mk_vb b) { return _mm256_sub_epi8(a, b); }
MK_INLINE mk_vb mk_vb_add_saturated(mk_vb a, mk_vb b) { return _mm256_adds_epu8(a, b); }
/// Within each sixteen bytes: those of `from` by the low bits of their index, zero where its highest bit is set.
MK_INLINE mk_vb mk_vb_shuffle(mk_vb from, mk_vb index) { return _mm256_shuffle_epi8(from, index); }
MK_INLINE mk_vb mk_vb_repeat16(const uint8_t *p) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)p));
}

/// Rounds 4 * LANES floats of at most 255 to nearest, ties to even, and raises them to `lower`.
MK_INLINE void mk_vf_store_u8x4(uint8_t *p, const mk_vf v[4], mk_vb lower) {
  const __m256i low = _mm256_packs_epi32(_mm256_cvtps_epi32(v[0]), _mm256_cvtps_epi32(v[1]));
  const __m256i high = _mm256_packs_epi32(_mm256_cvtps_epi32(v[2]), _mm256_cvtps_epi32(v[3]));
  const __m256i mixed = _mm256_max_epu8(_mm256_packus_epi16(low, high), lower);
  mk_vb_store(p, _mm256_permutevar8x32_epi32(mixed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7)));
}
