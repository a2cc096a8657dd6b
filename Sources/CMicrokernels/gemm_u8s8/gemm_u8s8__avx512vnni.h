// A tile of MK_MR rows by 16 * MK_NV columns with AVX-512 VNNI; the including file defines both and MK_NAME.
#include <immintrin.h>

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, __m512i sums[MK_MR][MK_NV]) {
  const char *w = tile->panel, *ahead = tile->ahead;
  MK_UNROLL for (int n = 0; n < MK_NV; ++n, w += 64) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = _mm512_loadu_si512(w);
  }
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const uint8_t *a[MK_MR];
    MK_UNROLL for (int r = 0; r < rows; ++r) a[r] = tile->rows_a[tap * MK_MR + r];
    for (size_t k = 0; k < tile->groups * 4; k += 4, w += MK_NV * 64, ahead += tile->ahead_step) {
      __m512i b[MK_NV];
      _mm_prefetch(ahead, _MM_HINT_T1);
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

enum { TOGETHER = MK_NV < 3 ? 4 / MK_NV : 1 };  // rows that are narrowed together, four vectors at a time

MK_INLINE __m128i quarter(__m512i bytes, int n) {
  return n == 0   ? _mm512_castsi512_si128(bytes)
         : n == 1 ? _mm512_extracti32x4_epi32(bytes, 1)
         : n == 2 ? _mm512_extracti32x4_epi32(bytes, 2)
                  : _mm512_extracti32x4_epi32(bytes, 3);
}

// Stores the row that lies in vector n and those behind it.
MK_INLINE void store_row(uint8_t *y, __m512i bytes, int n, size_t columns) {
  if (MK_NV >= 3) {
    if (MK_NV == 4 && columns == 64) {
      _mm512_storeu_si512(y, bytes);
    } else if (MK_NV == 3 && columns == 48) {
      _mm256_storeu_si256((__m256i *)y, _mm512_castsi512_si256(bytes));
      _mm_storeu_si128((__m128i *)(y + 32), quarter(bytes, 2));
    } else {
      _mm512_mask_storeu_epi8(y, ~0ull >> (64 - columns), bytes);
    }
  } else if (MK_NV == 2) {
    const __m256i half = n ? _mm512_extracti64x4_epi64(bytes, 1) : _mm512_castsi512_si256(bytes);
    if (columns == 32) {
      _mm256_storeu_si256((__m256i *)y, half);
    } else {
      _mm256_mask_storeu_epi8(y, ~0u >> (32 - columns), half);
    }
  } else if (columns == 16) {
    _mm_storeu_si128((__m128i *)y, quarter(bytes, n));
  } else {
    _mm_mask_storeu_epi8(y, (__mmask16)(0xffffu >> (16 - columns)), quarter(bytes, n));
  }
}

typedef struct requantization {
  __m512 upper, residual_scale;
  __m512i upper_bytes, lower_bytes, order;
  __mmask16 columns[MK_NV];  // that there are, of each vector
} requantization;

MK_INLINE __m512 add_residual(const mk_tile_u8 *tile, size_t r, const int n, const int is_whole, __m512 f,
                              const requantization *q) {
  const size_t row = is_whole ? r : mk_min(r, tile->rows - 1);
  const uint8_t *residual = tile->residual + row * tile->residual_stride + 16 * n;
  const __m128i bytes =
      is_whole ? _mm_loadu_si128((const __m128i *)residual) : _mm_maskz_loadu_epi8(q->columns[n], residual);
  return _mm512_fmadd_ps(_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes)), q->residual_scale, f);
}

// Requantizes and stores the rows first ..< first + TOGETHER of `rows`, all of which and all columns exist in a whole tile.
MK_INLINE void store_rows(const mk_tile_u8 *tile, const int first, const int rows, const int is_whole,
                          const mk_clamping clamping, const int has_residual, const requantization *q,
                          __m512i sums[MK_MR][MK_NV]) {
  __m512i v[4];
  MK_UNROLL for (int i = 0; i < 4; ++i) {
    const int r = first + i / MK_NV, n = i % MK_NV;
    if (i >= TOGETHER * MK_NV || r >= rows) {
      v[i] = v[0];  // no matter what
    } else {
      const __m512 scale = _mm512_loadu_ps(tile->scale + 16 * n), offset = _mm512_loadu_ps(tile->offset + 16 * n);
      __m512 f = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][n]), scale, offset);
      if (has_residual) f = add_residual(tile, (size_t)r, n, is_whole, f, q);
      // Overflow of the conversion saturates as it should below, not above.
      if (clamping == MK_CLAMP_FLOATS) f = _mm512_min_ps(f, q->upper);
      v[i] = _mm512_cvtps_epi32(f);
    }
  }
  __m512i bytes = _mm512_packus_epi16(_mm512_packs_epi32(v[0], v[1]), _mm512_packs_epi32(v[2], v[3]));
  bytes = _mm512_permutexvar_epi32(q->order, bytes);
  if (clamping != MK_CLAMP_NONE) bytes = _mm512_max_epu8(_mm512_min_epu8(bytes, q->upper_bytes), q->lower_bytes);
  MK_UNROLL for (int i = 0; i < TOGETHER; ++i) {
    const size_t r = (size_t)(first + i);
    uint8_t *y = (uint8_t *)tile->output + r * tile->output_stride;
    if (first + i < rows && (is_whole || r < tile->rows)) {
      store_row(y, bytes, i * MK_NV, is_whole ? 16 * MK_NV : tile->columns);
    }
  }
}

MK_INLINE void tile_u8(const mk_tile_u8 *tile, const int rows, const int is_whole, const mk_clamping clamping) {
  __m512i sums[MK_MR][MK_NV];
  accumulate(tile, rows, sums);
  requantization q = {
      .upper = _mm512_set1_ps(tile->upper),
      .residual_scale = _mm512_set1_ps(tile->residual_scale),
      .upper_bytes = _mm512_set1_epi8((char)(uint8_t)tile->upper),
      .lower_bytes = _mm512_set1_epi8((char)(uint8_t)tile->lower),
      .order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15),
  };
  MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
    const size_t columns = tile->columns > 16 * (size_t)n ? mk_min(tile->columns - 16 * (size_t)n, 16) : 0;
    q.columns[n] = (__mmask16)((1u << columns) - 1);
  }
  if (tile->residual) {
    MK_UNROLL for (int r = 0; r < rows; r += TOGETHER) store_rows(tile, r, rows, is_whole, clamping, 1, &q, sums);
  } else {
    MK_UNROLL for (int r = 0; r < rows; r += TOGETHER) store_rows(tile, r, rows, is_whole, clamping, 0, &q, sums);
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
  const int is_whole = tile->rows == MK_MR && tile->columns == 16 * MK_NV;
  if (tile->clamping == MK_CLAMP_FLOATS) {
    tile_u8(tile, MK_MR, 0, MK_CLAMP_FLOATS);
  } else if (is_whole && tile->clamping == MK_CLAMP_NONE) {
    tile_u8(tile, MK_MR, 1, MK_CLAMP_NONE);
  } else if (is_whole) {
    tile_u8(tile, MK_MR, 1, MK_CLAMP_BYTES);
  } else if (tile->rows == 1) {
    tile_u8(tile, 1, 0, MK_CLAMP_BYTES);
  } else if (tile->rows <= (MK_MR + 1) / 2) {
    tile_u8(tile, (MK_MR + 1) / 2, 0, MK_CLAMP_BYTES);
  } else {
    tile_u8(tile, MK_MR, 0, MK_CLAMP_BYTES);
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
