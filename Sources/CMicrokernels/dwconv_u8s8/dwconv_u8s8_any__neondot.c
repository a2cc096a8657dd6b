#if defined(__aarch64__)
#pragma clang attribute push(__attribute__((target("arch=armv8.2-a+dotprod"))), apply_to = function)

#include "block__neondot.h"
#include "taps.h"

MK_INLINE void block(const mk_dwconv_u8 *conv, const mk_taps *taps, size_t c, uint8_t *y, size_t count) {
  const size_t chunks = taps->count / 4;
  const int8_t *w = (const int8_t *)conv->packed + c * mk_dwconv_u8_channel_bytes(chunks);
  const char *constants = (const char *)w + chunks * 64;
  int32x4_t sums[4];
  load_initial(constants, sums);
  for (size_t t = 0; t < taps->count; t += 4, w += 64) {
    uint8x16_t pixel[4];
    int8x16_t quads[4];
    MK_UNROLL for (int i = 0; i < 4; ++i) pixel[i] = mk_load_bytes(taps->pointers[t + (size_t)i] + c, count);
    interleave(pixel, quads);
    dot(sums, sums, quads, w);
  }
  finish(conv, sums, constants, y + c, count);
}

void mk_dwconv_u8s8_any__neondot(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const mk_taps taps = mk_taps_prepare(conv, 4);
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width; ++x) {
      uint8_t *y = conv->output + (row * g->output_width + x) * g->output_stride;
      mk_taps_aim(&taps, conv, row, x);
      size_t c = 0;
      for (; conv->channels - c >= 16; c += 16) block(conv, &taps, c, y, 16);
      if (c < conv->channels) block(conv, &taps, c, y, conv->channels - c);
    }
  }
}

#pragma clang attribute pop
#endif
