// Four floats side by side. Begins the target attribute, which the including file ends.
#include <arm_neon.h>

#include "CMicrokernels.h"
#include "arithmetic.h"

#pragma clang attribute push(__attribute__((target("arch=armv8.2-a+dotprod"))), apply_to = function)

#define MK_LANES 4
#define MK_ISA_SUFFIX neondot
typedef float32x4_t mk_vf;

MK_INLINE mk_vf mk_vf_set(float x) { return vdupq_n_f32(x); }
MK_INLINE mk_vf mk_vf_load(const float *p) { return vld1q_f32(p); }
MK_INLINE mk_vf mk_vf_load_part(const float *p, size_t count) {
  if (count == MK_LANES) return vld1q_f32(p);
  mk_vf v = vsetq_lane_f32(p[0], vdupq_n_f32(0.0f), 0);
  if (count > 1) v = vsetq_lane_f32(p[1], v, 1);
  if (count > 2) v = vsetq_lane_f32(p[2], v, 2);
  return v;
}
MK_INLINE void mk_vf_store(float *p, mk_vf v) { vst1q_f32(p, v); }
MK_INLINE void mk_vf_store_part(float *p, mk_vf v, size_t count) {
  if (count == MK_LANES) {
    vst1q_f32(p, v);
  } else {
    p[0] = vgetq_lane_f32(v, 0);
    if (count > 1) p[1] = vgetq_lane_f32(v, 1);
    if (count > 2) p[2] = vgetq_lane_f32(v, 2);
  }
}
MK_INLINE mk_vf mk_vf_add(mk_vf a, mk_vf b) { return vaddq_f32(a, b); }
MK_INLINE mk_vf mk_vf_multiply(mk_vf a, mk_vf b) { return vmulq_f32(a, b); }
MK_INLINE mk_vf mk_vf_divide(mk_vf a, mk_vf b) { return vdivq_f32(a, b); }
MK_INLINE mk_vf mk_vf_sqrt(mk_vf a) { return vsqrtq_f32(a); }
MK_INLINE mk_vf mk_vf_fma(mk_vf a, mk_vf b, mk_vf c) { return vfmaq_f32(c, a, b); }
// Both give the second operand if either is NaN or both are zero.
MK_INLINE mk_vf mk_vf_min(mk_vf a, mk_vf b) { return vbslq_f32(vcltq_f32(a, b), a, b); }
MK_INLINE mk_vf mk_vf_max(mk_vf a, mk_vf b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
MK_INLINE mk_vf mk_vf_zero_if_nan(mk_vf a) {
  return vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(a), vceqq_f32(a, a)));
}
MK_INLINE mk_vf mk_vf_round(mk_vf a) { return vrndnq_f32(a); }
/// a * 2^n for whole n, where the result is a normal number.
MK_INLINE mk_vf mk_vf_scale(mk_vf a, mk_vf n) {
  const int32x4_t power = vshlq_n_s32(vaddq_s32(vcvtnq_s32_f32(n), vdupq_n_s32(127)), 23);
  return vmulq_f32(a, vreinterpretq_f32_s32(power));
}
MK_INLINE mk_vf mk_vf_zero_if_below(mk_vf a, mk_vf x, mk_vf limit) {
  return vreinterpretq_f32_u32(vbicq_u32(vreinterpretq_u32_f32(a), vcltq_f32(x, limit)));
}
/// Lanes start ..< start + LANES of p; those not in 0 ..< count are zero and not read.
MK_INLINE mk_vf mk_vf_load_inside(const float *p, ptrdiff_t start, size_t count) {
  if (start >= 0 && (size_t)start + MK_LANES <= count) return vld1q_f32(p + start);
  float lanes[MK_LANES] = {0};
  for (ptrdiff_t i = 0; i < MK_LANES; ++i) {
    if (start + i >= 0 && (size_t)(start + i) < count) lanes[i] = p[start + i];
  }
  return vld1q_f32(lanes);
}

MK_INLINE uint32x4_t mk_widen(const uint8_t *p) {
  uint32_t four;
  memcpy(&four, p, 4);
  return vmovl_u16(vget_low_u16(vmovl_u8(vreinterpret_u8_u32(vdup_n_u32(four)))));
}
MK_INLINE void mk_narrow(uint8_t *p, int32x4_t v) {
  const int16x4_t words = vqmovn_s32(v);
  const uint8x8_t bytes = vqmovun_s16(vcombine_s16(words, words));
  const uint32_t four = vget_lane_u32(vreinterpret_u32_u8(bytes), 0);
  memcpy(p, &four, 4);
}

/// Bytes as floats.
MK_INLINE mk_vf mk_vf_load_u8(const uint8_t *p) { return vcvtq_f32_u32(mk_widen(p)); }
/// Rounds floats in 0...255 to nearest, ties to even.
MK_INLINE void mk_vf_store_u8(uint8_t *p, mk_vf v) { mk_narrow(p, vcvtnq_s32_f32(v)); }
/// Rounds and adds a zero point; the sum is in 0...255.
MK_INLINE void mk_vf_store_u8_above(uint8_t *p, mk_vf v, int32_t zero_point) {
  mk_narrow(p, vaddq_s32(vcvtnq_s32_f32(v), vdupq_n_s32(zero_point)));
}
/// Three channels of LANES pixels of four bytes as mk_vf_store_u8_above does them; the fourth byte stays as it is.
MK_INLINE void mk_vf_store_pixels3(uint8_t *p, mk_vf a, mk_vf b, mk_vf c, int32_t zero_point) {
  const int32x4_t z = vdupq_n_s32(zero_point);
  const int32x4_t x = vaddq_s32(vcvtnq_s32_f32(a), z), y = vaddq_s32(vcvtnq_s32_f32(b), z);
  const int32x4_t low = vorrq_s32(x, vshlq_n_s32(y, 8)), high = vshlq_n_s32(vaddq_s32(vcvtnq_s32_f32(c), z), 16);
  const uint8x16_t fourth = vreinterpretq_u8_u32(vdupq_n_u32(0xff000000));
  vst1q_u8(p, vbslq_u8(fourth, vld1q_u8(p), vreinterpretq_u8_s32(vorrq_s32(low, high))));
}
/// (float)(byte - zero_point)
MK_INLINE mk_vf mk_vf_load_u8_above(const uint8_t *p, int32_t zero_point) {
  return vcvtq_f32_s32(vsubq_s32(vreinterpretq_s32_u32(mk_widen(p)), vdupq_n_s32(zero_point)));
}
MK_INLINE float mk_vf_least(mk_vf v) { return vminvq_f32(v); }
MK_INLINE float mk_vf_greatest(mk_vf v) { return vmaxvq_f32(v); }

#define MK_BYTES 16
typedef uint8x16_t mk_vb;
MK_INLINE mk_vb mk_vb_load(const uint8_t *p) { return vld1q_u8(p); }
MK_INLINE void mk_vb_store(uint8_t *p, mk_vb v) { vst1q_u8(p, v); }
MK_INLINE mk_vb mk_vb_zero(void) { return vdupq_n_u8(0); }
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
MK_INLINE mk_vb mk_vb_max(mk_vb a, mk_vb b) { return vmaxq_u8(a, b); }

/// LANES 32-bit counters.
typedef uint32x4_t mk_vi;
MK_INLINE mk_vi mk_vi_set(uint32_t x) { return vdupq_n_u32(x); }
MK_INLINE mk_vi mk_vi_add_u8(mk_vi sum, const uint8_t *p) { return vaddq_u32(sum, mk_widen(p)); }
MK_INLINE void mk_vi_store(uint32_t *p, mk_vi v) { vst1q_u32(p, v); }
MK_INLINE mk_vf mk_vi_to_float(mk_vi v) { return vcvtq_f32_s32(vreinterpretq_s32_u32(v)); }

/// Lanes of `from` by their index, those of `old` where the index is negative.
MK_INLINE mk_vf mk_vf_pick(mk_vf old, mk_vf from, const int32_t *index) {
  const int32x4_t i = vld1q_s32(index);
  const uint32x4_t places = vmlaq_n_u32(vdupq_n_u32(0x03020100), vreinterpretq_u32_s32(i), 0x04040404);
  const uint8x16_t picked = vqtbl1q_u8(vreinterpretq_u8_f32(from), vreinterpretq_u8_u32(places));
  return vbslq_f32(vcltzq_s32(i), old, vreinterpretq_f32_u8(picked));
}

/// 2 * LANES 16-bit counters, which wrap.
typedef uint16x8_t mk_vh;
MK_INLINE mk_vh mk_vh_set(uint16_t x) { return vdupq_n_u16(x); }
/// Adds bytes 2i + 256 * bytes 2i + 1.
MK_INLINE mk_vh mk_vh_add_pairs(mk_vh sum, mk_vb bytes) { return vaddq_u16(sum, vreinterpretq_u16_u8(bytes)); }
/// Adds bytes 2i + 1.
MK_INLINE mk_vh mk_vh_add_second(mk_vh sum, mk_vb bytes) { return vsraq_n_u16(sum, vreinterpretq_u16_u8(bytes), 8); }
/// Sums of bytes 2i, from those of pairs and those of bytes 2i + 1.
MK_INLINE mk_vh mk_vh_first(mk_vh pairs, mk_vh second) { return vsubq_u16(pairs, vshlq_n_u16(second, 8)); }
/// Counters 2i and 2i + 1 as floats.
MK_INLINE mk_vf mk_vh_even(mk_vh v) { return vcvtq_f32_u32(vandq_u32(vreinterpretq_u32_u16(v), vdupq_n_u32(0xffff))); }
MK_INLINE mk_vf mk_vh_odd(mk_vh v) { return vcvtq_f32_u32(vshrq_n_u32(vreinterpretq_u32_u16(v), 16)); }
/// Bytes 4i + n, of v[n] rounded to nearest, ties to even; the floats are in 0...255.
MK_INLINE mk_vb mk_vb_interleaved(const mk_vf v[4]) {
  const int32x4_t low = vsliq_n_s32(vcvtnq_s32_f32(v[0]), vcvtnq_s32_f32(v[1]), 8);
  const int32x4_t high = vsliq_n_s32(vcvtnq_s32_f32(v[2]), vcvtnq_s32_f32(v[3]), 8);
  return vreinterpretq_u8_s32(vsliq_n_s32(low, high, 16));
}

MK_INLINE mk_vf mk_vf_minus_magnitude(mk_vf x) {
  return vreinterpretq_f32_u32(vorrq_u32(vreinterpretq_u32_f32(x), vdupq_n_u32(0x80000000)));
}
/// a where the sign of x is set, else b.
MK_INLINE mk_vf mk_vf_if_negative(mk_vf x, mk_vf a, mk_vf b) {
  return vbslq_f32(vcltzq_s32(vreinterpretq_s32_f32(x)), a, b);
}
MK_INLINE mk_vb mk_vb_set(uint8_t x) { return vdupq_n_u8(x); }
MK_INLINE mk_vb mk_vb_or(mk_vb a, mk_vb b) { return vorrq_u8(a, b); }
MK_INLINE mk_vb mk_vb_subtract(mk_vb a, mk_vb b) { return vsubq_u8(a, b); }
MK_INLINE mk_vb mk_vb_add_saturated(mk_vb a, mk_vb b) { return vqaddq_u8(a, b); }
/// Within each sixteen bytes: those of `from` by the low bits of their index, zero where its highest bit is set.
MK_INLINE mk_vb mk_vb_shuffle(mk_vb from, mk_vb index) { return vqtbl1q_u8(from, vandq_u8(index, vdupq_n_u8(0x8f))); }
MK_INLINE mk_vb mk_vb_repeat16(const uint8_t *p) { return vld1q_u8(p); }

/// Rounds 4 * LANES floats of at most 255 to nearest, ties to even, and raises them to `lower`.
MK_INLINE void mk_vf_store_u8x4(uint8_t *p, const mk_vf v[4], mk_vb lower) {
  int16x4_t words[4];
  MK_UNROLL for (int n = 0; n < 4; ++n) words[n] = vqmovn_s32(vcvtnq_s32_f32(v[n]));
  const uint8x8_t low = vqmovun_s16(vcombine_s16(words[0], words[1]));
  mk_vb_store(p, vmaxq_u8(vcombine_u8(low, vqmovun_s16(vcombine_s16(words[2], words[3]))), lower));
}
