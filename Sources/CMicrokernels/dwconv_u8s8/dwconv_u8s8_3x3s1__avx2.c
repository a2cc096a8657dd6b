#if defined(__x86_64__)
#define MK_NAME mk_dwconv_u8s8_3x3s1__avx2
#define MK_STRIDE 1
#include "dwconv_u8s8_3x3__avx2.h"
#endif
