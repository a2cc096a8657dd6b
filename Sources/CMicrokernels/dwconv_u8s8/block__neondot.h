// Operations on sixteen channels. Included inside of the target attribute.
#include "../common/bytes__neondot.h"
#include "packing.h"

/// Deals four pixels out to four vectors: a 32-bit lane then holds one channel of all four. Lane i of vector j is channel
/// 4 * j + i.
MK_INLINE void interleave(const uint8x16_t pixel[4], int8x16_t quads[4]) {
  const uint8x16_t ab_low = vzip1q_u8(pixel[0], pixel[1]), ab_high = vzip2q_u8(pixel[0], pixel[1]);
  const uint8x16_t cd_low = vzip1q_u8(pixel[2], pixel[3]), cd_high = vzip2q_u8(pixel[2], pixel[3]);
  const uint16x8_t ab[2] = {vreinterpretq_u16_u8(ab_low), vreinterpretq_u16_u8(ab_high)};
  const uint16x8_t cd[2] = {vreinterpretq_u16_u8(cd_low), vreinterpretq_u16_u8(cd_high)};
  MK_UNROLL for (int half = 0; half < 2; ++half) {
    quads[2 * half] = mk_as_signed(vreinterpretq_u8_u16(vzip1q_u16(ab[half], cd[half])));
    quads[2 * half + 1] = mk_as_signed(vreinterpretq_u8_u16(vzip2q_u16(ab[half], cd[half])));
  }
}

/// Adds products with a chunk of the weights, four vectors.
MK_INLINE void dot(int32x4_t sums[4], const int32x4_t from[4], const int8x16_t quads[4], const int8_t *w) {
  MK_UNROLL for (int j = 0; j < 4; ++j) sums[j] = vdotq_s32(from[j], quads[j], vld1q_s8(w + 16 * j));
}

MK_INLINE void load_initial(const char *constants, int32x4_t initial[4]) {
  MK_UNROLL for (int j = 0; j < 4; ++j) initial[j] = vld1q_s32((const int32_t *)constants + 4 * j);
}

/// Requantizes and stores; `constants` are the block's initial accumulators, scales and offsets.
MK_INLINE void finish(const mk_dwconv_u8 *conv, const int32x4_t sums[4], const char *constants, uint8_t *y, size_t count) {
  const float *scale = (const float *)constants + 16, *offset = scale + 16;
  float32x4_t f[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) {
    f[j] = vfmaq_f32(vld1q_f32(offset + 4 * j), vcvtq_f32_s32(sums[j]), vld1q_f32(scale + 4 * j));
  }
  mk_store_bytes(y, mk_narrow_bytes(f, conv->lower, conv->upper), count);
}
