#if defined(__x86_64__)
#include "../common/lanes__avx512vnni.h"

#define MK_NAME mk_gemm_f32_7x64__avx512vnni
#define MK_MR 7
#define MK_NV 4
#include "gemm_f32__vector.h"

#pragma clang attribute pop
#endif
