#if defined(__aarch64__)
#include "../common/lanes__neondot.h"

#define MK_NAME mk_gemm_f32_6x16__neondot
#define MK_MR 6
#define MK_NV 4
#include "gemm_f32__vector.h"

#pragma clang attribute pop
#endif
