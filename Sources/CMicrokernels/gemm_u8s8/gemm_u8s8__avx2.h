// A tile of MK_MR rows by 8 * MK_NV columns with AVX2, for panels of the layout PAIRED; the including file defines both
// and MK_NAME.
#include <immintrin.h>

#include "packing.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum {
  PART = 264,             // quads that are multiplied in one go
  ROW = PART + 8,         // and stored, some bytes too many
};

/// Where the four groups of a block lie: at rows[i][row] + at[i]. Of a block of one tap only the first is told.
typedef struct source {
  const uint8_t *const *rows[4];
  size_t at[4];
} source;

/// A place among the groups of all taps.
typedef struct cursor {
  size_t tap, group;
} cursor;

MK_INLINE source next_source(const mk_tile_u8 *tile, const mk_blocks *blocks, cursor *c) {
  source s;
  if (blocks->a_tap) {
    s.rows[0] = tile->rows_a + c->tap * MK_MR;
    s.at[0] = 4 * mk_min(c->group, tile->groups - 4);
    c->group += 4;
    if (c->group < tile->groups) return s;
    *c = (cursor){c->tap + 1, 0};
    return s;
  }
  for (size_t i = 0; i < 4; ++i) {
    const int is_last = c->tap == tile->taps;  // then any bytes will do
    s.rows[i] = is_last ? s.rows[0] : tile->rows_a + c->tap * MK_MR;
    s.at[i] = is_last ? s.at[0] : 4 * c->group;
    if (!is_last && ++c->group == tile->groups) *c = (cursor){c->tap + 1, 0};
  }
  return s;
}

MK_INLINE __m128i load_block(const source *s, const int of_one_tap, const size_t r) {
  if (of_one_tap) return _mm_loadu_si128((const __m128i *)(s->rows[0][r] + s->at[0]));
  int32_t x[4];
  MK_UNROLL for (int i = 0; i < 4; ++i) memcpy(&x[i], s->rows[i][r] + s->at[i], 4);
  return _mm_setr_epi32(x[0], x[1], x[2], x[3]);
}

// Multiplies pairs in 16 bits, which the layout keeps from saturating, and adds two of them.
MK_INLINE void multiply(size_t count, const int rows, uint32_t a[MK_MR][ROW], const char *w, __m256i sums[MK_MR][MK_NV]) {
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
}

/// The parts of a panel.
typedef struct panel {
  const uint8_t *counts;
  const char *places, *more_places, *weights;
} panel;

// Regroups the bytes of a block, or of two neighbours of four quads each at once; returns how many blocks it did.
MK_INLINE size_t regroup(const mk_tile_u8 *tile, const int rows, const mk_blocks *blocks, const panel *p, size_t block,
                         cursor *at, size_t quads, uint32_t a[MK_MR][ROW]) {
  const int of_one_tap = blocks->a_tap != 0;
  if (of_one_tap && at->group + 8 <= tile->groups && p->counts[block] == 4 && p->counts[block + 1] == 4) {
    const __m256i places = _mm256_loadu_si256((const __m256i *)(p->places + block * MK_BLOCK_BYTES));
    MK_UNROLL for (int r = 0; r < rows; ++r) {
      const uint8_t *x = tile->rows_a[at->tap * MK_MR + (size_t)r] + 4 * at->group;
      const __m256i bytes = _mm256_loadu_si256((const __m256i *)x);
      _mm256_storeu_si256((__m256i *)&a[r][quads], _mm256_shuffle_epi8(bytes, places));
    }
    at->group += 8;
    if (at->group == tile->groups) *at = (cursor){at->tap + 1, 0};
    return 2;
  }
  const source from = next_source(tile, blocks, at);
  const __m128i places = _mm_loadu_si128((const __m128i *)(p->places + block * MK_BLOCK_BYTES));
  const __m128i more = _mm_loadu_si128((const __m128i *)(p->more_places + block * MK_BLOCK_BYTES));
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    const __m128i bytes = load_block(&from, of_one_tap, (size_t)r);
    _mm_storeu_si128((__m128i *)&a[r][quads], _mm_shuffle_epi8(bytes, places));
    if (p->counts[block] > 4) _mm_storeu_si128((__m128i *)&a[r][quads + 4], _mm_shuffle_epi8(bytes, more));
  }
  return 1;
}

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, __m256i sums[MK_MR][MK_NV]) {
  const mk_blocks blocks = mk_blocks_of(tile->taps, tile->groups);
  const char *base = tile->panel;
  panel p = {(const uint8_t *)base + mk_paired_counts(MK_NV * 8), base + mk_paired_places(MK_NV * 8, blocks),
             base + mk_paired_more_places(MK_NV * 8, blocks), base + mk_paired_weights(MK_NV * 8, blocks)};
  MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = _mm256_loadu_si256((const __m256i *)(base + n * 32));
  }
  _Alignas(64) uint32_t a[MK_MR][ROW];
  cursor at = {0, 0};
  for (size_t block = 0; block < blocks.count;) {
    size_t quads = 0;
    while (block < blocks.count && quads + MK_BLOCK_QUADS <= PART) {
      const size_t done = regroup(tile, rows, &blocks, &p, block, &at, quads, a);
      quads += done == 2 ? 8 : p.counts[block];
      block += done;
    }
    multiply(quads, rows, a, p.weights, sums);
    p.weights += quads * MK_NV * 32;
  }
}

#include "tile__avx2.h"

#pragma clang attribute pop
