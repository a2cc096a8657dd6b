#include "CMicrokernels.h"

#define MK_DWCONV_U8(window, height, width, stride, layout, suffix, isa) \
  void mk_dwconv_u8s8_##window##__##suffix(const mk_dwconv_u8 *, size_t, size_t);
#include "dwconv_u8s8.inc"
#undef MK_DWCONV_U8

#define MK_DWCONV_U8(window, height, width, stride, layout, suffix, isa)            \
  {"mk_dwconv_u8s8_" #window "__" #suffix, isa, height, width, stride, layout,      \
   mk_dwconv_u8s8_##window##__##suffix},
static const mk_dwconv_u8_kernel kernels[] = {
#include "dwconv_u8s8.inc"
};

const mk_dwconv_u8_kernel *mk_dwconv_u8_kernels(size_t *count) {
  *count = sizeof kernels / sizeof kernels[0];
  return kernels;
}
