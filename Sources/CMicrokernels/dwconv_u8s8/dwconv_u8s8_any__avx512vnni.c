#if defined(__x86_64__)
#include <immintrin.h>

#include "taps.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

#define MK_WIDTH 64
#include "any_block__avx512vnni.h"
#undef MK_WIDTH
#define MK_WIDTH 32
#include "any_block__avx512vnni.h"

void mk_dwconv_u8s8_any__avx512vnni(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const mk_taps taps = mk_taps_prepare(conv, 4);
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width; ++x) {
      uint8_t *y = conv->output + (row * g->output_width + x) * g->output_stride;
      mk_taps_aim(&taps, conv, row, x);
      size_t c = 0;
      for (; conv->channels - c >= 64; c += 64) block64(conv, &taps, c, y, 1);
      const size_t rest = conv->channels - c;
      if (rest > 32) block64(conv, &taps, c, y, 0);
      if (rest == 32) block32(conv, &taps, c, y, 1);
      if (rest > 0 && rest < 32) block32(conv, &taps, c, y, 0);
    }
  }
}

#pragma clang attribute pop
#endif
