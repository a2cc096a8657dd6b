// What the uint8 kernels for Arm share: activations as int8, and requantization. Included inside of the target attribute.
#include <arm_neon.h>

#include "CMicrokernels.h"
#include "arithmetic.h"

/// Activations less 128; the initial accumulators make up for that.
MK_INLINE int8x16_t mk_as_signed(uint8x16_t x) { return vreinterpretq_s8_u8(veorq_u8(x, vdupq_n_u8(0x80))); }

/// Sixteen bytes at p, or the first `count`.
MK_INLINE uint8x16_t mk_load_bytes(const uint8_t *p, size_t count) {
  if (count >= 16) return vld1q_u8(p);
  uint8_t copy[16] = {0};
  memcpy(copy, p, count);
  return vld1q_u8(copy);
}

MK_INLINE void mk_store_bytes(uint8_t *p, uint8x16_t bytes, size_t count) {
  if (count >= 16) {
    vst1q_u8(p, bytes);
  } else {
    uint8_t copy[16];
    vst1q_u8(copy, bytes);
    memcpy(p, copy, count);
  }
}

/// Rounds to nearest, ties to even, and clamps to whole bounds. The conversions saturate; NaN gives `upper`.
MK_INLINE uint8x16_t mk_narrow_bytes(const float32x4_t f[4], float lower, float upper) {
  int16x4_t words[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) words[j] = vqmovn_s32(vcvtnq_s32_f32(vminnmq_f32(f[j], vdupq_n_f32(upper))));
  const int16x8_t low = vcombine_s16(words[0], words[1]), high = vcombine_s16(words[2], words[3]);
  return vmaxq_u8(vcombine_u8(vqmovun_s16(low), vqmovun_s16(high)), vdupq_n_u8((uint8_t)lower));
}
