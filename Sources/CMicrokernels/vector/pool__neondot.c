#if defined(__aarch64__)
#include "../common/lanes__neondot.h"
#include "pool__vector.h"
#pragma clang attribute pop
#endif
