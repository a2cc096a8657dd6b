#include "CMicrokernels.h"

#define MK_GEMM_U8(tile, mr, height, nr, layout, suffix, isa)           \
  void mk_gemm_u8s8_##tile##__##suffix(const mk_tile_u8 *);     \
  void mk_gemm_u8s8_##tile##__##suffix##_f32(const mk_tile_u8 *);
#include "gemm_u8s8.inc"
#undef MK_GEMM_U8

#define MK_GEMM_U8(tile, mr, height, nr, layout, suffix, isa)                                               \
  {"mk_gemm_u8s8_" #tile "__" #suffix, isa, mr, height, nr, layout, mk_gemm_u8s8_##tile##__##suffix,        \
   mk_gemm_u8s8_##tile##__##suffix##_f32},
static const mk_gemm_u8_kernel kernels[] = {
#include "gemm_u8s8.inc"
};

const mk_gemm_u8_kernel *mk_gemm_u8_kernels(size_t *count) {
  *count = sizeof kernels / sizeof kernels[0];
  return kernels;
}
