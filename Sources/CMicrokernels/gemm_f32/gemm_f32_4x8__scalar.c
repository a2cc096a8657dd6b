#include "../common/arithmetic.h"
#include "CMicrokernels.h"

enum { MR = 4, NR = 8 };

void mk_gemm_f32_4x8__scalar(const mk_tile_f32 *tile) {
  float sums[MR][NR];
  const float *w = tile->panel + NR;
  for (size_t r = 0; r < tile->rows; ++r) memcpy(sums[r], tile->panel, sizeof sums[r]);
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const float *const *a = tile->rows_a + tap * MR;
    for (size_t k = 0; k < tile->channels; ++k, w += NR) {
      for (size_t r = 0; r < tile->rows; ++r) {
        for (size_t n = 0; n < NR; ++n) sums[r][n] = fmaf(a[r][k], w[n], sums[r][n]);
      }
    }
  }
  for (size_t r = 0; r < tile->rows; ++r) {
    for (size_t n = 0; n < tile->columns; ++n) {
      const float f = tile->residual ? sums[r][n] + tile->residual[r * tile->residual_stride + n] : sums[r][n];
      tile->output[r * tile->output_stride + n] = mk_clamp(f, tile->lower, tile->upper);
    }
  }
}
