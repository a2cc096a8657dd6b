#if defined(__aarch64__)
#include "../common/lanes__neondot.h"

#define MK_TILE 4
#define MK_SUFFIX __neondot
#include "winograd_f32__vector.h"

#pragma clang attribute pop
#endif
