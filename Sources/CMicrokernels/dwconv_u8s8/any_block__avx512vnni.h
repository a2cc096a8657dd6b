// One output pixel of a block of MK_WIDTH channels under any window.
#include "width__avx512vnni.h"

MK_INLINE void MK_W(block)(const mk_dwconv_u8 *conv, const mk_taps *taps, size_t c, uint8_t *y, const int whole) {
  const size_t chunks = taps->count / 4;
  const MK_MASK mask = MK_W(mask_of)(conv->channels - c);
  const char *w = (const char *)conv->packed + c * mk_dwconv_u8_channel_bytes(chunks);
  const char *constants = w + chunks * 4 * MK_WIDTH;
  MK_VI sums[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) sums[j] = MK_OP(loadu_epi8)(constants + j * MK_WIDTH);
  for (size_t t = 0; t < taps->count; t += 4, w += 4 * MK_WIDTH) {
    const uint8_t *const *p = taps->pointers + t;
    MK_VI quads[4];
    MK_W(interleave)(MK_W(load)(p[0] + c, mask, whole), MK_W(load)(p[1] + c, mask, whole),
                     MK_W(load)(p[2] + c, mask, whole), MK_W(load)(p[3] + c, mask, whole), quads);
    MK_UNROLL for (int j = 0; j < 4; ++j) {
      sums[j] = MK_OP(dpbusd_epi32)(sums[j], quads[j], MK_OP(loadu_epi8)(w + j * MK_WIDTH));
    }
  }
  MK_W(finish)(sums, constants, MK_W(bounds_of)(conv), MK_CLAMP_FLOATS, y + c, mask, whole);
}
