#if defined(__x86_64__)
#define MK_NAME mk_gemm_u8s8_14x16__avx512vnni
#define MK_MR 14
#define MK_NV 1
#include "gemm_u8s8__avx512vnni.h"
#endif
