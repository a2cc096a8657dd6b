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

#define MK_WIDE 32
#define MK_NARROW 16
#include "channels_3x3.h"

#pragma clang attribute pop
