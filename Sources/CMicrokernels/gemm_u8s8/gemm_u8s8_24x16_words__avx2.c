#if defined(__x86_64__)
#define MK_NAME mk_gemm_u8s8_24x16_words__avx2
#define MK_TILE 24
#define MK_MR 6
#define MK_NV 2
#include "gemm_u8s8_words__avx2.h"
#endif
