#if defined(__x86_64__)
#include "../common/lanes__avx2.h"
#include "pool__vector.h"
#pragma clang attribute pop
#endif
