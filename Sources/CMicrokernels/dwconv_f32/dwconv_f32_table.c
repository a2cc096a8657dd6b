#include "CMicrokernels.h"

#define MK_DWCONV_F32(window, suffix, isa) void mk_dwconv_f32_##window##__##suffix(const mk_dwconv_f32 *, size_t, size_t);
#include "dwconv_f32.inc"
#undef MK_DWCONV_F32

#define MK_DWCONV_F32(window, suffix, isa) \
  {"mk_dwconv_f32_" #window "__" #suffix, isa, mk_dwconv_f32_##window##__##suffix},
static const mk_dwconv_f32_kernel kernels[] = {
#include "dwconv_f32.inc"
};

const mk_dwconv_f32_kernel *mk_dwconv_f32_kernels(size_t *count) {
  *count = sizeof kernels / sizeof kernels[0];
  return kernels;
}
