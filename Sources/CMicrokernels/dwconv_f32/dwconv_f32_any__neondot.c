#if defined(__aarch64__)
#include "../common/lanes__neondot.h"

#define MK_NAME mk_dwconv_f32_any__neondot
#include "dwconv_f32__vector.h"

#pragma clang attribute pop
#endif
