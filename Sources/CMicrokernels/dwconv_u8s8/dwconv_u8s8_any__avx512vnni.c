#if defined(__x86_64__)
#include <immintrin.h>

#include "taps.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

#define MK_WIDTH 64
#include "any_block__avx512vnni.h"
#undef MK_WIDTH
#define MK_WIDTH 32
#include "any_block__avx512vnni.h"

#define MK_WIDE 64
#define MK_NARROW 32
#define MK_NAME mk_dwconv_u8s8_any__avx512vnni
#include "any_pixels.h"

#pragma clang attribute pop
#endif
