// 3x3 windows with AVX-512 VNNI, one input column after the other: the three taps of a column and a zero make a 32-bit
// lane, so a column costs one interleaving and one dot product for each output column that it belongs to. The including
// file defines MK_NAME and MK_STRIDE, 1 or 2.
#include <immintrin.h>

#include "rows_3x3.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

#define MK_WIDTH 64
#include "3x3_block__avx512vnni.h"
#undef MK_WIDTH
#define MK_WIDTH 32
#include "3x3_block__avx512vnni.h"

#define MK_WIDE 64
#define MK_NARROW 32
#include "channels_3x3.h"

#pragma clang attribute pop
