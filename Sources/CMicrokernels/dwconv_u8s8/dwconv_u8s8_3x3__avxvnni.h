// 3x3 windows with AVX-VNNI, one input column after the other: a column costs one interleaving and one dot product for
// each output column that it belongs to. The including file defines MK_NAME and MK_STRIDE, 1 or 2.
#include <immintrin.h>

#include "rows_3x3.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

#define MK_WIDTH 32
#include "3x3_block__avxvnni.h"
#undef MK_WIDTH
#define MK_WIDTH 16
#include "3x3_block__avxvnni.h"

MK_INLINE void all_channels(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, const int is_bounded) {
  uint8_t padding[32];
  memset(padding, conv->zero_point, sizeof padding);
  size_t c = 0;
  for (; conv->channels - c >= 32; c += 32) block32(conv, row_begin, row_end, c, padding, is_bounded, 1);
  const size_t rest = conv->channels - c;
  if (rest > 16) block32(conv, row_begin, row_end, c, padding, is_bounded, 0);
  if (rest == 16) block16(conv, row_begin, row_end, c, padding, is_bounded, 1);
  if (rest > 0 && rest < 16) block16(conv, row_begin, row_end, c, padding, is_bounded, 0);
}

void MK_NAME(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  if (mk_dwconv_u8_trailer_of(conv, 3, 16)->is_bounded) {
    all_channels(conv, row_begin, row_end, 1);
  } else {
    all_channels(conv, row_begin, row_end, 0);
  }
}

#pragma clang attribute pop
