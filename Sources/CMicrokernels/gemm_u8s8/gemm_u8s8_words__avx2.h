// A tile of MK_TILE rows by 8 * MK_NV columns with AVX2, for panels of the layout WORDS; the including file defines both,
// MK_MR, how many rows are computed at a time, and MK_NAME.
//
// Activations are widened to 16 bits. That takes a third more operations for a product than PAIRED takes, but all
// channels are multiplied as they lie: less work where there are few of them.
#include <immintrin.h>

#include "packing.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum {
  PART = 256,            // pairs that are multiplied in one go
  CHUNK = 32,            // groups that are widened in one go
  ROW = 2 * PART + 128,  // words, some too many
};

// Widens the bytes of `count` groups from `group` on, of all rows.
MK_INLINE void widen(const uint8_t *const *x, const int rows, size_t group, const size_t count, uint16_t a[MK_MR][ROW],
                     size_t filled) {
  size_t k = 0;
  for (; k + 4 <= count; k += 4) {
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      const __m128i bytes = _mm_loadu_si128((const __m128i *)(x[r] + 4 * (group + k)));
      _mm256_storeu_si256((__m256i *)&a[r][2 * filled + 4 * k], _mm256_cvtepu8_epi16(bytes));
    }
  }
  if (count & 2) {
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      const __m128i bytes = _mm_loadl_epi64((const __m128i *)(x[r] + 4 * (group + k)));
      _mm_storeu_si128((__m128i *)&a[r][2 * filled + 4 * k], _mm_cvtepu8_epi16(bytes));
    }
    k += 2;
  }
  if (count & 1) {
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      const __m128i bytes = _mm_loadu_si32(x[r] + 4 * (group + k));
      _mm_storel_epi64((__m128i *)&a[r][2 * filled + 4 * k], _mm_cvtepu8_epi16(bytes));
    }
  }
}

MK_INLINE const char *multiply(size_t pairs, const int rows, uint16_t a[MK_MR][ROW], const char *w,
                               __m256i sums[MK_MR][MK_NV]) {
  for (size_t pair = 0; pair < pairs; ++pair, w += MK_NV * 32) {
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      int32_t two;
      memcpy(&two, &a[r][2 * pair], 4);
      const __m256i x = _mm256_set1_epi32(two);
      MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
        const __m256i weights = _mm256_loadu_si256((const __m256i *)(w + n * 32));
        sums[r][n] = _mm256_add_epi32(sums[r][n], _mm256_madd_epi16(x, weights));
      }
    }
  }
  return w;
}

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, __m256i sums[MK_MR][MK_NV]) {
  const char *panel = tile->panel, *w = panel + mk_words_weights(MK_NV * 8);
  uint32_t pairs;
  memcpy(&pairs, panel + mk_words_pairs(MK_NV * 8), sizeof pairs);
  MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = _mm256_loadu_si256((const __m256i *)(panel + n * 32));
  }
  _Alignas(64) uint16_t a[MK_MR][ROW];
  size_t filled = 0;
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    for (size_t group = 0; group < tile->groups; group += CHUNK) {
      const size_t count = mk_min(tile->groups - group, CHUNK);
      widen(tile->rows_a + tap * MK_TILE, rows, group, count, a, filled);
      filled += mk_min(2 * count, pairs - 2 * group);  // the next ones lie on words without weights
      if (filled + 2 * CHUNK <= PART) continue;
      w = multiply(filled, rows, a, w, sums);
      filled = 0;
    }
  }
  multiply(filled, rows, a, w, sums);
}

#include "tile__avx2.h"

#pragma clang attribute pop
