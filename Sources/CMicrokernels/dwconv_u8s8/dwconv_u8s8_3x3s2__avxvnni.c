#if defined(__x86_64__)
#define MK_NAME mk_dwconv_u8s8_3x3s2__avxvnni
#define MK_STRIDE 2
#include "dwconv_u8s8_3x3__avxvnni.h"
#endif
