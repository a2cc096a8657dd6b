#if defined(__x86_64__)
#include "../common/lanes__avx2.h"

#define MK_TILE 4
#define MK_SUFFIX __avx2
#include "winograd_f32__vector.h"

#pragma clang attribute pop
#endif
