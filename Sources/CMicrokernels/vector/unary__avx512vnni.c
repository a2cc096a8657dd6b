#if defined(__x86_64__)
#include "../common/lanes__avx512vnni.h"
#include "unary__vector.h"
#pragma clang attribute pop
#endif
