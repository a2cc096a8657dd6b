#if defined(__aarch64__)
#define MK_NAME mk_dwconv_u8s8_3x3s1__neondot
#define MK_STRIDE 1
#include "dwconv_u8s8_3x3__neondot.h"
#endif
