#if defined(__x86_64__)
#define MK_NAME mk_gemm_u8s8_8x48__avx512vnni
#define MK_MR 8
#define MK_NV 3
#include "gemm_u8s8__avx512vnni.h"
#endif
