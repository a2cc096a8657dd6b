#if defined(__x86_64__)
#include "../common/lanes__avx512vnni.h"

#define MK_NAME mk_dwconv_f32_any__avx512vnni
#include "dwconv_f32__vector.h"

#pragma clang attribute pop
#endif
