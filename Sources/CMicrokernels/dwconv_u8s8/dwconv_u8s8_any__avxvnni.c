#if defined(__x86_64__)
#include <immintrin.h>

#include "taps.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

#define MK_WIDTH 32
#include "any_block__avxvnni.h"
#undef MK_WIDTH
#define MK_WIDTH 16
#include "any_block__avxvnni.h"

#define MK_WIDE 32
#define MK_NARROW 16
#define MK_NAME mk_dwconv_u8s8_any__avxvnni
#include "any_pixels.h"

#pragma clang attribute pop
#endif
