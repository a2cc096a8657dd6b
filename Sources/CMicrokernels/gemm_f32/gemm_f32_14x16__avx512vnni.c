#if defined(__x86_64__)
#include "../common/lanes__avx512vnni.h"

#define MK_NAME mk_gemm_f32_14x16__avx512vnni
#define MK_MR 14
#define MK_NV 1
#include "gemm_f32__vector.h"

#pragma clang attribute pop
#endif
