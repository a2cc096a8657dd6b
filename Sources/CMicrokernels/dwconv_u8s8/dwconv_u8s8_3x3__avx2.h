// 3x3 windows with AVX2, one input column after the other, as 16-bit words: products of bytes of which two are added could
// saturate in 16 bits. The nine taps of a window are five pairs. The including file defines MK_NAME and MK_STRIDE, 1 or 2.
#include <immintrin.h>

#include "rows_3x3.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define MK_WIDTH 32
#include "3x3_block__avx2.h"
#undef MK_WIDTH
#define MK_WIDTH 16
#include "3x3_block__avx2.h"

#define MK_WIDE 32
#define MK_NARROW 16
#include "channels_3x3.h"

#pragma clang attribute pop
