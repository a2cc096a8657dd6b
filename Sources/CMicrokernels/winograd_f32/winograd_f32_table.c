#include "CMicrokernels.h"

#define MK_WINOGRAD_F32(tile, suffix, isa)                                                                \
  void mk_winograd_f32_##tile##__##suffix##_input(const mk_winograd_f32 *, size_t, size_t, float *);      \
  void mk_winograd_f32_##tile##__##suffix##_output(const mk_winograd_f32 *, size_t, size_t, const float *);
#include "winograd_f32.inc"
#undef MK_WINOGRAD_F32

#define MK_WINOGRAD_F32(tile, suffix, isa)                                           \
  {"mk_winograd_f32_" #tile "__" #suffix, isa, tile,                                 \
   mk_winograd_f32_##tile##__##suffix##_input, mk_winograd_f32_##tile##__##suffix##_output},
static const mk_winograd_f32_kernel kernels[] = {
#include "winograd_f32.inc"
};

const mk_winograd_f32_kernel *mk_winograd_f32_kernels(size_t *count) {
  *count = sizeof kernels / sizeof kernels[0];
  return kernels;
}
