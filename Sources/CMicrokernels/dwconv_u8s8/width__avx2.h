// Operations on MK_WIDTH channels, 32 or 16, named with the width behind. Included once for each width, inside of the
// target attribute.
#undef MK_OP
#undef MK_W
#undef MK_VI
#undef MK_VF
#undef MK_LOAD
#undef MK_STORE
#undef MK_ZERO
#if MK_WIDTH == 32
#define MK_OP(name) _mm256_##name
#define MK_VI __m256i
#define MK_VF __m256
#define MK_LOAD(p) _mm256_loadu_si256((const __m256i *)(p))
#define MK_STORE(p, v) _mm256_storeu_si256((__m256i *)(p), v)
#define MK_ZERO() _mm256_setzero_si256()
#else
#define MK_OP(name) _mm_##name
#define MK_VI __m128i
#define MK_VF __m128
#define MK_LOAD(p) _mm_loadu_si128((const __m128i *)(p))
#define MK_STORE(p, v) _mm_storeu_si128((__m128i *)(p), v)
#define MK_ZERO() _mm_setzero_si128()
#endif
#define MK_W(name) MK_JOIN(name, MK_WIDTH)

/// All channels of a block at p, or the first `count`.
MK_INLINE MK_VI MK_W(load)(const uint8_t *p, const int whole, size_t count) {
  if (whole) return MK_LOAD(p);
  uint8_t copy[MK_WIDTH] = {0};
  memcpy(copy, p, count);
  return MK_LOAD(copy);
}

#include "vectors_of_channels.h"

/// Requantizes and stores; `constants` are the block's initial accumulators, scales and offsets. Packing inside of
/// 128-bit lanes brings the channels back into their order.
MK_INLINE void MK_W(finish)(const MK_VI sums[4], const char *constants, MK_W(bounds) bounds, const mk_clamping clamping,
                            uint8_t *y, const int whole, size_t count) {
  const float *scale = (const float *)(constants + 4 * MK_WIDTH), *offset = (const float *)(constants + 8 * MK_WIDTH);
  MK_VI v[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) {
    MK_VF f = MK_OP(fmadd_ps)(MK_OP(cvtepi32_ps)(sums[j]), MK_OP(loadu_ps)(scale + j * (MK_WIDTH / 4)),
                              MK_OP(loadu_ps)(offset + j * (MK_WIDTH / 4)));
    // Overflow of the conversion saturates as it should below, not above.
    if (clamping == MK_CLAMP_FLOATS) f = MK_OP(min_ps)(f, bounds.upper);
    v[j] = MK_OP(cvtps_epi32)(f);
  }
  MK_VI bytes = MK_OP(packus_epi16)(MK_OP(packs_epi32)(v[0], v[1]), MK_OP(packs_epi32)(v[2], v[3]));
  if (clamping != MK_CLAMP_NONE) bytes = MK_OP(max_epu8)(MK_OP(min_epu8)(bytes, bounds.upper_bytes), bounds.lower_bytes);
  if (whole) {
    MK_STORE(y, bytes);
  } else {
    uint8_t copy[MK_WIDTH];
    MK_STORE(copy, bytes);
    memcpy(y, copy, count);
  }
}
