#include "CMicrokernels.h"

#define MK_GEMM_F32(tile, mr, pointers, height, nr, suffix, isa) void mk_gemm_f32_##tile##__##suffix(const mk_tile_f32 *);
#include "gemm_f32.inc"
#undef MK_GEMM_F32

#define MK_GEMM_F32(tile, mr, pointers, height, nr, suffix, isa) \
  {"mk_gemm_f32_" #tile "__" #suffix, isa, mr, pointers, height, nr, mk_gemm_f32_##tile##__##suffix},
static const mk_gemm_f32_kernel kernels[] = {
#include "gemm_f32.inc"
};

const mk_gemm_f32_kernel *mk_gemm_f32_kernels(size_t *count) {
  *count = sizeof kernels / sizeof kernels[0];
  return kernels;
}
