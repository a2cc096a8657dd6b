#if defined(__x86_64__)
#define MK_NAME mk_gemm_u8s8_6x16__avxvnni
#define MK_MR 6
#define MK_TARGET "avx2,fma,avxvnni"
#define MK_DOT_PRODUCT
#include "gemm_u8s8__avx2.h"
#endif
