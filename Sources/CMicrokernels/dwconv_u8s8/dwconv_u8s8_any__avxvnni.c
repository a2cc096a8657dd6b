#if defined(__x86_64__)
#include <immintrin.h>

#include "taps.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

#define MK_WIDTH 32
#include "any_block__avxvnni.h"
#undef MK_WIDTH
#define MK_WIDTH 16
#include "any_block__avxvnni.h"

void mk_dwconv_u8s8_any__avxvnni(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const mk_taps taps = mk_taps_prepare(conv, 4);
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width; ++x) {
      uint8_t *y = conv->output + (row * g->output_width + x) * g->output_stride;
      mk_taps_aim(&taps, conv, row, x);
      size_t c = 0;
      for (; conv->channels - c >= 32; c += 32) block32(conv, &taps, c, y, 1);
      const size_t rest = conv->channels - c;
      if (rest > 16) block32(conv, &taps, c, y, 0);
      if (rest == 16) block16(conv, &taps, c, y, 1);
      if (rest > 0 && rest < 16) block16(conv, &taps, c, y, 0);
    }
  }
}

#pragma clang attribute pop
#endif
