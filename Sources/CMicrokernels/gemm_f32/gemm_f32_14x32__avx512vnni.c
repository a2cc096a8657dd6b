#if defined(__x86_64__)
#include "../common/lanes__avx512vnni.h"

#define MK_NAME mk_gemm_f32_14x32__avx512vnni
#define MK_MR 14
#define MK_NV 2
#include "gemm_f32__vector.h"

#pragma clang attribute pop
#endif
