#if defined(__x86_64__)
#include "../common/lanes__avx512vnni.h"

#define MK_TILE 4
#define MK_SUFFIX __avx512vnni
#include "winograd_f32__vector.h"

#pragma clang attribute pop
#endif
