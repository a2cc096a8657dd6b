#if defined(__x86_64__)
#include "../common/lanes__avx2.h"

#define MK_NAME mk_gemm_f32_24x16__avx2
#define MK_TILE 32
#define MK_MR 6
#define MK_NV 2
#include "gemm_f32__vector.h"

#pragma clang attribute pop
#endif
