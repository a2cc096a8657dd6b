#if defined(__x86_64__)
#include "../common/lanes__avx2.h"

#define MK_NAME mk_dwconv_f32_any__avx2
#include "dwconv_f32__vector.h"

#pragma clang attribute pop
#endif
