// A tile of MK_TILE rows by 8 * MK_NV columns with AVX2, for panels of the layout PAIRED; the including file defines both,
// MK_MR, how many rows are computed at a time, and MK_NAME.
#include <immintrin.h>

#include "packing.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum {
  PART = 264,      // groups that are multiplied in one go
  ROW = PART + 8,  // and stored, some too many
};

// Multiplies pairs in 16 bits, which the layout keeps from saturating, and adds two of them.
MK_INLINE const char *multiply(size_t count, const int rows, uint32_t a[MK_MR][ROW], const char *w,
                               __m256i sums[MK_MR][MK_NV]) {
  const __m256i ones = _mm256_set1_epi16(1);
  for (size_t q = 0; q < count; ++q, w += MK_NV * 32) {
    mk_prefetch_weights(w, MK_NV * 32);
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      const __m256i x = _mm256_set1_epi32((int32_t)a[r][q]);
      MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
        const __m256i pairs = _mm256_maddubs_epi16(x, _mm256_loadu_si256((const __m256i *)(w + n * 32)));
        sums[r][n] = _mm256_add_epi32(sums[r][n], _mm256_madd_epi16(pairs, ones));
      }
    }
  }
  return w;
}

// Adds what the pairs leave out.
MK_INLINE void multiply_rests(const mk_tile_u8 *tile, const int rows, const char *rests, size_t count,
                              __m256i sums[MK_MR][MK_NV]) {
  for (size_t i = 0; i < count; ++i, rests += mk_rest_bytes(MK_NV * 8)) {
    mk_rest rest;
    memcpy(&rest, rests, sizeof rest);
    const __m256i *w = (const __m256i *)(rests + sizeof rest);
    const uint8_t *const *first = tile->rows_a + rest.tap[0] * MK_TILE;
    const uint8_t *const *second = tile->rows_a + rest.tap[1] * MK_TILE;
    uint32_t a[MK_MR];
    MK_UNROLL for (int r = 0; r < rows; ++r) a[r] = first[r][rest.channel[0]] | (uint32_t)second[r][rest.channel[1]] << 16;
    // From memory a number comes to all lanes without an operation; from a register it takes two. 5 % of 16 channels.
    __asm__ volatile("" : : "r"(a) : "memory");
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      const __m256i x = _mm256_set1_epi32((int32_t)a[r]);
      MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
        sums[r][n] = _mm256_add_epi32(sums[r][n], _mm256_madd_epi16(x, _mm256_loadu_si256(w + n)));
      }
    }
  }
}

// The bytes of a block: of `count` groups, or of four that end with them.
MK_INLINE __m128i load_block(const uint8_t *x, size_t group, size_t count, size_t groups) {
  if (groups >= 4) return _mm_loadu_si128((const __m128i *)(x + 4 * (group + count - 4)));
  if (groups == 1) return _mm_loadu_si32(x);
  const __m128i two = _mm_loadl_epi64((const __m128i *)x);
  if (groups == 2) return two;
  return _mm_unpacklo_epi64(two, _mm_loadu_si32(x + 8));
}

// Regroups the bytes of a block, or of two at once, of all rows; returns how many groups they have.
MK_INLINE size_t regroup(const uint8_t *const *x, const int rows, size_t group, size_t groups, const char *places,
                         uint32_t a[MK_MR][ROW], size_t filled) {
  if (group + 8 <= groups) {
    const __m256i order = _mm256_loadu_si256((const __m256i *)places);
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      const __m256i bytes = _mm256_loadu_si256((const __m256i *)(x[r] + 4 * group));
      _mm256_storeu_si256((__m256i *)&a[r][filled], _mm256_shuffle_epi8(bytes, order));
    }
    return 8;
  }
  const size_t count = mk_min(groups - group, 4);
  const __m128i order = _mm_loadu_si128((const __m128i *)places);
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    _mm_storeu_si128((__m128i *)&a[r][filled], _mm_shuffle_epi8(load_block(x[r], group, count, groups), order));
  }
  return count;
}

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, __m256i sums[MK_MR][MK_NV]) {
  const size_t nr = MK_NV * 8, groups = tile->groups;
  const char *panel = tile->panel;
  const char *places = panel + mk_paired_places(nr), *w = panel + mk_paired_weights(nr, tile->taps, groups);
  MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = _mm256_loadu_si256((const __m256i *)(panel + n * 32));
  }
  _Alignas(64) uint32_t a[MK_MR][ROW];
  size_t filled = 0;
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    for (size_t group = 0; group < groups;) {
      const size_t count = regroup(tile->rows_a + tap * MK_TILE, rows, group, groups, places, a, filled);
      places += mk_blocks_a_tap(count) * MK_BLOCK_BYTES;
      group += count;
      filled += count;
      if (filled + 8 <= PART) continue;
      w = multiply(filled, rows, a, w, sums);
      filled = 0;
    }
  }
  multiply(filled, rows, a, w, sums);
  uint32_t rests;
  memcpy(&rests, panel + mk_paired_count(nr), sizeof rests);
  multiply_rests(tile, rows, panel + mk_paired_rests(nr, tile->taps, groups), rests, sums);
}

#include "tile__avx2.h"

#pragma clang attribute pop
