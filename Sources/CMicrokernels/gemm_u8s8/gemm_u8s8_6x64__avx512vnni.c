#if defined(__x86_64__)
#define MK_NAME mk_gemm_u8s8_6x64__avx512vnni
#define MK_MR 6
#define MK_NV 4
#include "gemm_u8s8__avx512vnni.h"
#endif
