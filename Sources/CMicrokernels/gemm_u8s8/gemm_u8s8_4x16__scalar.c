#include "../common/arithmetic.h"
#include "CMicrokernels.h"

enum { MR = 4, NR = 16 };

// Accumulators wrap around as the vector instructions' do.
static void accumulate(const mk_tile_u8 *tile, uint32_t sums[MR][NR]) {
  const int32_t *initial = tile->panel;
  const int8_t *w = (const int8_t *)(initial + NR);
  for (size_t r = 0; r < tile->rows; ++r) memcpy(sums[r], initial, NR * sizeof(int32_t));
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const uint8_t *const *a = tile->rows_a + tap * MR;
    for (size_t group = 0; group < tile->groups; ++group, w += NR * 4) {
      for (size_t r = 0; r < tile->rows; ++r) {
        const uint8_t *x = a[r] + group * 4;
        for (size_t n = 0; n < NR; ++n) {
          const int8_t *v = w + n * 4;
          sums[r][n] += (uint32_t)(x[0] * v[0] + x[1] * v[1] + x[2] * v[2] + x[3] * v[3]);
        }
      }
    }
  }
}

void mk_gemm_u8s8_4x16__scalar(const mk_tile_u8 *tile) {
  uint32_t sums[MR][NR];
  accumulate(tile, sums);
  for (size_t r = 0; r < tile->rows; ++r) {
    uint8_t *y = (uint8_t *)tile->output + r * tile->output_stride;
    for (size_t n = 0; n < tile->columns; ++n) {
      float f = fmaf((float)(int32_t)sums[r][n], tile->scale[n], tile->offset[n]);
      if (tile->residual) f = fmaf((float)tile->residual[r * tile->residual_stride + n], tile->residual_scale, f);
      y[n] = mk_round_u8(f, tile->lower, tile->upper);
    }
  }
}

void mk_gemm_u8s8_4x16__scalar_f32(const mk_tile_u8 *tile) {
  uint32_t sums[MR][NR];
  accumulate(tile, sums);
  for (size_t r = 0; r < tile->rows; ++r) {
    float *y = (float *)tile->output + r * tile->output_stride;
    for (size_t n = 0; n < tile->columns; ++n) {
      const float f = fmaf((float)(int32_t)sums[r][n], tile->scale[n], tile->offset[n]);
      y[n] = mk_clamp(f, tile->lower, tile->upper);
    }
  }
}
