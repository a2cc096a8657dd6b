#include "vector_functions.h"

void MK_FOR_ISA(sum_pixels_u8)(size_t pixels, size_t channels, size_t stride, const uint8_t *x, uint32_t *sums) {
  enum { VECTORS = 4 };
  size_t c = 0;
  for (; channels - c >= VECTORS * MK_LANES; c += VECTORS * MK_LANES) {
    mk_vi sum[VECTORS];
    MK_UNROLL for (int n = 0; n < VECTORS; ++n) sum[n] = mk_vi_set(0);
    for (size_t p = 0; p < pixels; ++p) {
      MK_UNROLL for (int n = 0; n < VECTORS; ++n) sum[n] = mk_vi_add_u8(sum[n], x + p * stride + c + n * MK_LANES);
    }
    MK_UNROLL for (int n = 0; n < VECTORS; ++n) mk_vi_store(sums + c + n * MK_LANES, sum[n]);
  }
  mk_sum_pixels_u8__scalar(pixels, channels - c, stride, x + c, sums + c);
}

void MK_FOR_ISA(mean_pixels_f32)(size_t pixels, size_t channels, size_t stride, const float *x, float *means) {
  enum { BLOCK = 32 };  // channels whose sums stay in registers
  size_t c = 0;
  for (; channels - c >= BLOCK; c += BLOCK) {
    double sum[BLOCK] = {0};
    for (size_t p = 0; p < pixels; ++p) {
      MK_UNROLL for (int i = 0; i < BLOCK; ++i) sum[i] += (double)x[p * stride + c + (size_t)i];
    }
    for (int i = 0; i < BLOCK; ++i) means[c + (size_t)i] = (float)(sum[i] / (double)pixels);
  }
  mk_mean_pixels_f32__scalar(pixels, channels - c, stride, x + c, means + c);
}
