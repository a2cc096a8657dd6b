// Operations on MK_WIDTH channels, 64 or 32, named with the width behind. Included once for each width, inside of the
// target attribute.
#undef MK_OP
#undef MK_W
#undef MK_VI
#undef MK_VF
#undef MK_MASK
#if MK_WIDTH == 64
#define MK_OP(name) _mm512_##name
#define MK_VI __m512i
#define MK_VF __m512
#define MK_MASK __mmask64
#else
#define MK_OP(name) _mm256_##name
#define MK_VI __m256i
#define MK_VF __m256
#define MK_MASK __mmask32
#endif
#define MK_W(name) MK_JOIN(name, MK_WIDTH)

/// The channels that a block really has.
MK_INLINE MK_MASK MK_W(mask_of)(size_t channels) {
  return (MK_MASK)(channels >= MK_WIDTH ? ~0ull : (1ull << channels) - 1);
}

MK_INLINE MK_VI MK_W(load)(const uint8_t *p, MK_MASK mask, const int whole) {
  return whole ? MK_OP(loadu_epi8)(p) : MK_OP(maskz_loadu_epi8)(mask, p);
}

#include "vectors_of_channels.h"

/// Requantizes and stores; `constants` are the block's initial accumulators, scales and offsets. Packing inside of
/// 128-bit lanes undoes the dealing.
MK_INLINE void MK_W(finish)(const MK_VI sums[4], const char *constants, MK_W(bounds) bounds, const mk_clamping clamping,
                            uint8_t *y, MK_MASK mask, const int whole) {
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
    MK_OP(storeu_epi8)(y, bytes);
  } else {
    MK_OP(mask_storeu_epi8)(y, mask, bytes);
  }
}
