// A tile of MK_MR rows by 8 * MK_NV columns with the 8-bit dot product of AVX-VNNI; the including file defines both and
// MK_NAME.
#include <immintrin.h>

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

MK_INLINE void accumulate(const mk_tile_u8 *tile, const int rows, __m256i sums[MK_MR][MK_NV]) {
  const char *w = tile->panel;
  MK_UNROLL for (int n = 0; n < MK_NV; ++n, w += 32) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = _mm256_loadu_si256((const __m256i *)w);
  }
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const uint8_t *a[MK_MR];
    MK_UNROLL for (int r = 0; r < rows; ++r) a[r] = tile->rows_a[tap * MK_MR + r];
    for (size_t k = 0; k < tile->groups * 4; k += 4, w += MK_NV * 32) {
      __m256i b[MK_NV];
      MK_UNROLL for (int n = 0; n < MK_NV; ++n) b[n] = _mm256_loadu_si256((const __m256i *)(w + n * 32));
      MK_UNROLL for (int r = 0; r < rows; ++r) {
        int32_t four;
        memcpy(&four, a[r] + k, 4);
        const __m256i x = _mm256_set1_epi32(four);
        MK_UNROLL for (int n = 0; n < MK_NV; ++n) sums[r][n] = _mm256_dpbusd_avx_epi32(sums[r][n], x, b[n]);
      }
    }
  }
}

#include "tile__avx2.h"

#pragma clang attribute pop
