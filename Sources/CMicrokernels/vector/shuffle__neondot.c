#if defined(__aarch64__)
#include "../common/lanes__neondot.h"
#include "shuffle__vector.h"
#pragma clang attribute pop
#endif
