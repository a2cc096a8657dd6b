#if defined(__aarch64__)
#pragma clang attribute push(__attribute__((target("arch=armv8.2-a+dotprod"))), apply_to = function)

#include "../common/bytes__neondot.h"

enum { MR = 4, NR = 16, NV = 4 };

// Adds the products with group `lane` of sixteen bytes of each row.
#define MULTIPLY(lane)                                                                                \
  MK_UNROLL for (int n = 0; n < NV; ++n) {                                                            \
    const int8x16_t b = vld1q_s8(w + 16 * n);                                                         \
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = vdotq_laneq_s32(sums[r][n], b, x[r], lane); \
  }                                                                                                   \
  w += NR * 4

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, int32x4_t sums[MR][NV]) {
  const int32_t *initial = tile->panel;
  const int8_t *w = (const int8_t *)(initial + NR);
  MK_UNROLL for (int n = 0; n < NV; ++n) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = vld1q_s32(initial + 4 * n);
  }
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const uint8_t *a[MR];
    MK_UNROLL for (int r = 0; r < rows; ++r) a[r] = tile->rows_a[tap * MR + (size_t)r];
    size_t group = 0;
    int8x16_t x[MR];
    for (; group + 4 <= tile->groups; group += 4) {
      MK_UNROLL for (int r = 0; r < rows; ++r) x[r] = mk_as_signed(vld1q_u8(a[r] + 4 * group));
      MULTIPLY(0);
      MULTIPLY(1);
      MULTIPLY(2);
      MULTIPLY(3);
    }
    for (; group < tile->groups; ++group) {
      MK_UNROLL for (int r = 0; r < rows; ++r) {
        uint32_t four;
        memcpy(&four, a[r] + 4 * group, 4);
        x[r] = mk_as_signed(vreinterpretq_u8_u32(vdupq_n_u32(four)));
      }
      MULTIPLY(0);
    }
  }
}

MK_INLINE float32x4_t scaled(const mk_tile_u8 *tile, int32x4_t sum, int n) {
  return vfmaq_f32(vld1q_f32(tile->offset + 4 * n), vcvtq_f32_s32(sum), vld1q_f32(tile->scale + 4 * n));
}

MK_INLINE void add_residual(const uint8_t *residual, size_t columns, float scale, float32x4_t f[NV]) {
  const uint8x16_t bytes = mk_load_bytes(residual, columns);
  const uint16x8_t words[2] = {vmovl_u8(vget_low_u8(bytes)), vmovl_u8(vget_high_u8(bytes))};
  MK_UNROLL for (int n = 0; n < NV; ++n) {
    const uint16x4_t four = n % 2 ? vget_high_u16(words[n / 2]) : vget_low_u16(words[n / 2]);
    f[n] = vfmaq_f32(f[n], vcvtq_f32_u32(vmovl_u16(four)), vdupq_n_f32(scale));
  }
}

MK_INLINE void tile_u8(const mk_tile_u8 *tile, const int rows) {
  int32x4_t sums[MR][NV];
  accumulate(tile, rows, sums);
  uint8_t *y = tile->output;
  const uint8_t *residual = tile->residual;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if ((size_t)r >= tile->rows) return;
    float32x4_t f[NV];
    MK_UNROLL for (int n = 0; n < NV; ++n) f[n] = scaled(tile, sums[r][n], n);
    if (residual) {
      add_residual(residual, tile->columns, tile->residual_scale, f);
      residual += tile->residual_stride;
    }
    mk_store_bytes(y, mk_narrow_bytes(f, tile->lower, tile->upper), tile->columns);
    y += tile->output_stride;
  }
}

MK_INLINE void tile_f32(const mk_tile_u8 *tile, const int rows) {
  int32x4_t sums[MR][NV];
  accumulate(tile, rows, sums);
  float *y = tile->output;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if ((size_t)r >= tile->rows) return;
    float row[NR];
    MK_UNROLL for (int n = 0; n < NV; ++n) vst1q_f32(row + 4 * n, scaled(tile, sums[r][n], n));
    for (size_t n = 0; n < tile->columns; ++n) y[n] = mk_clamp(row[n], tile->lower, tile->upper);
    y += tile->output_stride;
  }
}

void mk_gemm_u8s8_4x16__neondot(const mk_tile_u8 *tile) {
  if (tile->rows == 1) {
    tile_u8(tile, 1);
  } else {
    tile_u8(tile, MR);
  }
}

void mk_gemm_u8s8_4x16__neondot_f32(const mk_tile_u8 *tile) {
  if (tile->rows == 1) {
    tile_f32(tile, 1);
  } else {
    tile_f32(tile, MR);
  }
}

#pragma clang attribute pop
#endif
