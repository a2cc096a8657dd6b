#if defined(__aarch64__)
#include "../common/lanes__neondot.h"
#include "softmax__vector.h"
#pragma clang attribute pop
#endif
