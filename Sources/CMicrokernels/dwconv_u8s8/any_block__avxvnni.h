// One output pixel of a block of MK_WIDTH channels under any window.
#include "width__avx2.h"

MK_INLINE void MK_W(block)(const mk_dwconv_u8 *conv, const mk_taps *taps, size_t c, uint8_t *y, const int whole) {
  const size_t chunks = taps->count / 4, count = mk_min(conv->channels - c, MK_WIDTH);
  const char *w = (const char *)conv->packed + c * mk_dwconv_u8_channel_bytes(chunks);
  const char *constants = w + chunks * 4 * MK_WIDTH;
  MK_VI sums[4];
  MK_UNROLL for (int j = 0; j < 4; ++j) sums[j] = MK_LOAD(constants + j * MK_WIDTH);
  for (size_t t = 0; t < taps->count; t += 4, w += 4 * MK_WIDTH) {
    const uint8_t *const *p = taps->pointers + t;
    MK_VI pixel[4], quads[4];
    MK_UNROLL for (int i = 0; i < 4; ++i) pixel[i] = MK_W(load)(p[i] + c, whole, count);
    MK_W(interleave)(pixel[0], pixel[1], pixel[2], pixel[3], quads);
    MK_UNROLL for (int j = 0; j < 4; ++j) {
      sums[j] = MK_OP(dpbusd_avx_epi32)(sums[j], quads[j], MK_LOAD(w + j * MK_WIDTH));
    }
  }
  MK_W(finish)(sums, constants, MK_W(bounds_of)(conv), MK_CLAMP_FLOATS, y + c, whole, count);
}
