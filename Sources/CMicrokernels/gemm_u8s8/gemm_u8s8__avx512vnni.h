// A tile of MK_MR rows by 16 * MK_NV columns with AVX-512 VNNI; the including file defines both and MK_NAME.
#include <immintrin.h>

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, __m512i sums[MK_MR][MK_NV]) {
  const char *w = tile->panel;
  MK_UNROLL for (int n = 0; n < MK_NV; ++n, w += 64) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = _mm512_loadu_si512(w);
  }
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const uint8_t *a[MK_MR];
    MK_UNROLL for (int r = 0; r < rows; ++r) a[r] = tile->rows_a[tap * MK_MR + r];
    for (size_t k = 0; k < tile->groups * 4; k += 4, w += MK_NV * 64) {
      __m512i b[MK_NV];
      MK_UNROLL for (int n = 0; n < MK_NV; ++n) b[n] = _mm512_loadu_si512(w + n * 64);
      MK_UNROLL for (int r = 0; r < rows; ++r) {
        int32_t four;
        memcpy(&four, a[r] + k, 4);
        const __m512i x = _mm512_set1_epi32(four);
        MK_UNROLL for (int n = 0; n < MK_NV; ++n) sums[r][n] = _mm512_dpbusd_epi32(sums[r][n], x, b[n]);
      }
    }
  }
}

// Narrows up to four vectors of accumulators, already scaled, to bytes in column order.
MK_INLINE __m512i narrow(const __m512 f[4], __m512 upper, __m512i lower, __m512i order) {
  __m512i v[4];
  // Bounding above in float keeps the conversion from overflowing; below, its overflow saturates as it should.
  MK_UNROLL for (int n = 0; n < 4; ++n) v[n] = _mm512_cvtps_epi32(_mm512_min_ps(f[n], upper));
  const __m512i bytes = _mm512_packus_epi16(_mm512_packs_epi32(v[0], v[1]), _mm512_packs_epi32(v[2], v[3]));
  return _mm512_max_epu8(_mm512_permutexvar_epi32(order, bytes), lower);
}

MK_INLINE void store_columns(uint8_t *y, __m512i bytes, size_t columns) {
  if (MK_NV == 4 && columns == 64) {
    _mm512_storeu_si512(y, bytes);
  } else if (MK_NV == 2 && columns == 32) {
    _mm256_storeu_si256((__m256i *)y, _mm512_castsi512_si256(bytes));
  } else if (MK_NV == 1 && columns == 16) {
    _mm_storeu_si128((__m128i *)y, _mm512_castsi512_si128(bytes));
  } else {
    _mm512_mask_storeu_epi8(y, ~0ull >> (64 - columns), bytes);
  }
}

MK_INLINE void tile_u8(const mk_tile_u8 *tile, const int rows) {
  __m512i sums[MK_MR][MK_NV];
  accumulate(tile, rows, sums);
  const __m512 upper = _mm512_set1_ps(tile->upper), residual_scale = _mm512_set1_ps(tile->residual_scale);
  const __m512i lower = _mm512_set1_epi8((char)(uint8_t)tile->lower);
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  const size_t columns = tile->columns;
  uint8_t *y = tile->output;
  const uint8_t *residual = tile->residual;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if ((size_t)r >= tile->rows) return;
    __m512 f[4];
    MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
      const __m512 scale = _mm512_loadu_ps(tile->scale + 16 * n), offset = _mm512_loadu_ps(tile->offset + 16 * n);
      f[n] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][n]), scale, offset);
    }
    if (residual) {
      const __m512i bytes = _mm512_maskz_loadu_epi8(~0ull >> (64 - columns), residual);
      residual += tile->residual_stride;
      MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
        const __m512i x = _mm512_cvtepu8_epi32(n == 0   ? _mm512_castsi512_si128(bytes)
                                               : n == 1 ? _mm512_extracti32x4_epi32(bytes, 1)
                                               : n == 2 ? _mm512_extracti32x4_epi32(bytes, 2)
                                                        : _mm512_extracti32x4_epi32(bytes, 3));
        f[n] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(x), residual_scale, f[n]);
      }
    }
    MK_UNROLL for (int n = MK_NV; n < 4; ++n) f[n] = f[0];
    store_columns(y, narrow(f, upper, lower, order), columns);
    y += tile->output_stride;
  }
}

MK_INLINE void tile_f32(const mk_tile_u8 *tile, const int rows) {
  __m512i sums[MK_MR][MK_NV];
  accumulate(tile, rows, sums);
  const __m512 upper = _mm512_set1_ps(tile->upper), lower = _mm512_set1_ps(tile->lower);
  float *y = tile->output;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if ((size_t)r >= tile->rows) return;
    MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
      if (tile->columns <= 16 * (size_t)n) continue;
      const __mmask16 mask = (__mmask16)(0xffffu >> (16 - mk_min(tile->columns - 16 * n, 16)));
      const __m512 scale = _mm512_loadu_ps(tile->scale + 16 * n), offset = _mm512_loadu_ps(tile->offset + 16 * n);
      const __m512 f = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][n]), scale, offset);
      _mm512_mask_storeu_ps(y + 16 * n, mask, _mm512_min_ps(upper, _mm512_max_ps(lower, f)));
    }
    y += tile->output_stride;
  }
}

void MK_NAME(const mk_tile_u8 *tile) {
  if (tile->rows == 1) {
    tile_u8(tile, 1);
  } else if (tile->rows <= (MK_MR + 1) / 2) {
    tile_u8(tile, (MK_MR + 1) / 2);
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
