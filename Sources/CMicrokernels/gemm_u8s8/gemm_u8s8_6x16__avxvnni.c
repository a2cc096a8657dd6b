#if defined(__x86_64__)
#define MK_NAME mk_gemm_u8s8_6x16__avxvnni
#define MK_TILE 6
#define MK_MR 6
#define MK_NV 2
#include "gemm_u8s8__avxvnni.h"
#endif
