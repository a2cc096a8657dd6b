// A tile of MK_MR rows by 16 columns with AVX2; the including file defines MK_MR, MK_NAME, MK_TARGET and, for the 8-bit
// dot product of AVX-VNNI, MK_DOT_PRODUCT.
#include <immintrin.h>

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

#pragma clang attribute push(__attribute__((target(MK_TARGET))), apply_to = function)

enum { NR = 16, NV = 2 };

/// Four rows of weights of eight columns, as the multiplication wants them.
typedef struct weights {
#if defined(MK_DOT_PRODUCT)
  __m256i all;
#else
  __m256i even, odd;
#endif
} weights;

MK_INLINE weights load_weights(const char *w) {
  const __m256i v = _mm256_loadu_si256((const __m256i *)w);
#if defined(MK_DOT_PRODUCT)
  return (weights){v};
#else
  return (weights){_mm256_srai_epi16(_mm256_slli_epi16(v, 8), 8), _mm256_srai_epi16(v, 8)};
#endif
}

// Without the dot product bytes are widened to 16 bits: products of pairs then cannot saturate, whatever the weights.
MK_INLINE void multiply_row(__m256i sums[NV], int32_t four, const weights b[NV]) {
  const __m256i x = _mm256_set1_epi32(four);
#if defined(MK_DOT_PRODUCT)
  MK_UNROLL for (int n = 0; n < NV; ++n) sums[n] = _mm256_dpbusd_avx_epi32(sums[n], x, b[n].all);
#else
  const __m256i even = _mm256_and_si256(x, _mm256_set1_epi32(0x00ff00ff)), odd = _mm256_srli_epi16(x, 8);
  MK_UNROLL for (int n = 0; n < NV; ++n) {
    const __m256i pair = _mm256_add_epi32(_mm256_madd_epi16(even, b[n].even), _mm256_madd_epi16(odd, b[n].odd));
    sums[n] = _mm256_add_epi32(sums[n], pair);
  }
#endif
}

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, __m256i sums[MK_MR][NV]) {
  const char *w = tile->panel;
  MK_UNROLL for (int n = 0; n < NV; ++n, w += 32) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = _mm256_loadu_si256((const __m256i *)w);
  }
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const uint8_t *a[MK_MR];
    MK_UNROLL for (int r = 0; r < rows; ++r) a[r] = tile->rows_a[tap * MK_MR + r];
    for (size_t k = 0; k < tile->groups * 4; k += 4, w += NV * 32) {
      weights b[NV];
      MK_UNROLL for (int n = 0; n < NV; ++n) b[n] = load_weights(w + n * 32);
      MK_UNROLL for (int r = 0; r < rows; ++r) {
        int32_t four;
        memcpy(&four, a[r] + k, 4);
        multiply_row(sums[r], four, b);
      }
    }
  }
}

MK_INLINE __m256 scaled(const mk_tile_u8 *tile, __m256i sum, int n) {
  const __m256 scale = _mm256_loadu_ps(tile->scale + 8 * n), offset = _mm256_loadu_ps(tile->offset + 8 * n);
  return _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum), scale, offset);
}

MK_INLINE __m128i load_residual(const uint8_t *x, size_t columns) {
  if (columns == NR) return _mm_loadu_si128((const __m128i *)x);
  uint8_t copy[NR] = {0};
  memcpy(copy, x, columns);
  return _mm_loadu_si128((const __m128i *)copy);
}

MK_INLINE void tile_u8(const mk_tile_u8 *tile, const int rows) {
  __m256i sums[MK_MR][NV];
  accumulate(tile, rows, sums);
  const __m256 upper = _mm256_set1_ps(tile->upper), residual_scale = _mm256_set1_ps(tile->residual_scale);
  const __m128i lower = _mm_set1_epi8((char)(uint8_t)tile->lower);
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 0, 4, 1, 5);
  const size_t columns = tile->columns;
  uint8_t *y = tile->output;
  const uint8_t *residual = tile->residual;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if ((size_t)r >= tile->rows) return;
    __m256 f[NV];
    MK_UNROLL for (int n = 0; n < NV; ++n) f[n] = scaled(tile, sums[r][n], n);
    if (residual) {
      const __m128i bytes = load_residual(residual, columns);
      residual += tile->residual_stride;
      const __m256i low = _mm256_cvtepu8_epi32(bytes), high = _mm256_cvtepu8_epi32(_mm_srli_si128(bytes, 8));
      f[0] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(low), residual_scale, f[0]);
      f[1] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(high), residual_scale, f[1]);
    }
    // Bounding above in float keeps the conversion from overflowing; below, its overflow saturates as it should.
    const __m256i v0 = _mm256_cvtps_epi32(_mm256_min_ps(f[0], upper));
    const __m256i v1 = _mm256_cvtps_epi32(_mm256_min_ps(f[1], upper));
    __m256i bytes = _mm256_packs_epi32(v0, v1);
    bytes = _mm256_permutevar8x32_epi32(_mm256_packus_epi16(bytes, bytes), order);
    const __m128i result = _mm_max_epu8(_mm256_castsi256_si128(bytes), lower);
    if (columns == NR) {
      _mm_storeu_si128((__m128i *)y, result);
    } else {
      uint8_t copy[NR];
      _mm_storeu_si128((__m128i *)copy, result);
      memcpy(y, copy, columns);
    }
    y += tile->output_stride;
  }
}

MK_INLINE void tile_f32(const mk_tile_u8 *tile, const int rows) {
  __m256i sums[MK_MR][NV];
  accumulate(tile, rows, sums);
  const __m256 upper = _mm256_set1_ps(tile->upper), lower = _mm256_set1_ps(tile->lower);
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  float *y = tile->output;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if ((size_t)r >= tile->rows) return;
    MK_UNROLL for (int n = 0; n < NV; ++n) {
      const __m256i mask = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)tile->columns - 8 * n), lanes);
      const __m256 f = scaled(tile, sums[r][n], n);
      _mm256_maskstore_ps(y + 8 * n, mask, _mm256_min_ps(upper, _mm256_max_ps(lower, f)));
    }
    y += tile->output_stride;
  }
}

void MK_NAME(const mk_tile_u8 *tile) {
  if (tile->rows == 1) {
    tile_u8(tile, 1);
  } else {
    tile_u8(tile, MK_MR);
  }
}

void MK_JOIN(MK_NAME, _f32)(const mk_tile_u8 *tile) {
  if (tile->rows == 1) {
    tile_f32(tile, 1);
  } else {
    tile_f32(tile, MK_MR);
  }
}

#pragma clang attribute pop
