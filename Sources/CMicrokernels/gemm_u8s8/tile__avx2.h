// Requantizes and stores a tile of MK_MR rows by 8 * MK_NV columns, which `accumulate` computes; for the headers of AVX2
// and AVX-VNNI.
enum { NR = 8 * MK_NV };

/// What all rows of a tile need.
typedef struct requantization {
  __m256 upper, residual_scale;
  __m256i upper_bytes, lower_bytes;
} requantization;

MK_INLINE __m256 scaled(const mk_tile_u8 *tile, __m256i sum, int n) {
  const __m256 scale = _mm256_loadu_ps(tile->scale + 8 * n), offset = _mm256_loadu_ps(tile->offset + 8 * n);
  return _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum), scale, offset);
}

MK_INLINE void requantize(const mk_tile_u8 *tile, const int r, const int is_bounded, const int has_residual,
                          const requantization *q, const __m256i sums[MK_NV], __m256i v[MK_NV]) {
  const uint8_t *residual = tile->residual + (has_residual ? (size_t)r * tile->residual_stride : 0);
  uint8_t copy[NR] = {0};
  if (has_residual && tile->columns < NR) {
    memcpy(copy, residual, tile->columns);
    residual = copy;
  }
  MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
    __m256 f = scaled(tile, sums[n], n);
    if (has_residual) {
      const __m256i bytes = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(residual + 8 * n)));
      f = _mm256_fmadd_ps(_mm256_cvtepi32_ps(bytes), q->residual_scale, f);
    }
    // Overflow of the conversion saturates as it should below, not above.
    if (!is_bounded) f = _mm256_min_ps(f, q->upper);
    v[n] = _mm256_cvtps_epi32(f);
  }
}

// Stores a row whose sixteen first bytes are `low` and, of three vectors, the others the first of `high`.
MK_INLINE void store_row(uint8_t *y, __m128i low, __m128i high, size_t columns) {
  if (columns == NR) {
    _mm_storeu_si128((__m128i *)y, low);
    if (MK_NV == 3) _mm_storel_epi64((__m128i *)(y + 16), high);
  } else {
    uint8_t copy[32];
    _mm_storeu_si128((__m128i *)copy, low);
    _mm_storeu_si128((__m128i *)copy + 1, high);
    memcpy(y, copy, columns);
  }
}

MK_INLINE __m256i narrow(__m256i a, __m256i b, __m256i c, __m256i d, __m256i order, const requantization *q) {
  __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
  bytes = _mm256_permutevar8x32_epi32(bytes, order);
  return _mm256_max_epu8(_mm256_min_epu8(bytes, q->upper_bytes), q->lower_bytes);
}

MK_INLINE void store_rows(const mk_tile_u8 *tile, const int rows, const int is_bounded, const int has_residual,
                          __m256i sums[MK_MR][MK_NV]) {
  const requantization q = {
      .upper = _mm256_set1_ps(tile->upper),
      .residual_scale = _mm256_set1_ps(tile->residual_scale),
      .upper_bytes = _mm256_set1_epi8((char)(uint8_t)tile->upper),
      .lower_bytes = _mm256_set1_epi8((char)(uint8_t)tile->lower),
  };
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  uint8_t *y = tile->output;
  if (MK_NV == 3) {
    MK_UNROLL for (int r = 0; r < rows; ++r, y += tile->output_stride) {
      if ((size_t)r >= tile->rows) return;
      __m256i v[MK_NV];
      requantize(tile, r, is_bounded, has_residual, &q, sums[r], v);
      const __m256i bytes = narrow(v[0], v[1], v[MK_NV - 1], v[MK_NV - 1], order, &q);
      store_row(y, _mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1), tile->columns);
    }
  } else {
    MK_UNROLL for (int r = 0; r < rows; r += 2, y += 2 * tile->output_stride) {
      if ((size_t)r >= tile->rows) return;
      const int has_second = r + 1 < rows && (size_t)r + 1 < tile->rows;
      __m256i v[2][MK_NV];
      requantize(tile, r, is_bounded, has_residual, &q, sums[r], v[0]);
      if (has_second) {
        requantize(tile, r + 1, is_bounded, has_residual, &q, sums[r + 1 < rows ? r + 1 : r], v[1]);
      } else {
        v[1][0] = v[1][1] = v[0][0];
      }
      const __m256i bytes = narrow(v[0][0], v[0][1], v[1][0], v[1][1], order, &q);
      store_row(y, _mm256_castsi256_si128(bytes), _mm_setzero_si128(), tile->columns);
      if (has_second) {
        store_row(y + tile->output_stride, _mm256_extracti128_si256(bytes, 1), _mm_setzero_si128(), tile->columns);
      }
    }
  }
}

MK_INLINE void tile_u8(const mk_tile_u8 *tile, const int rows, const int is_bounded) {
  __m256i sums[MK_MR][MK_NV];
  accumulate(tile, rows, sums);
  if (tile->residual) {
    store_rows(tile, rows, is_bounded, 1, sums);
  } else {
    store_rows(tile, rows, is_bounded, 0, sums);
  }
}

MK_INLINE void tile_f32(const mk_tile_u8 *tile, const int rows) {
  __m256i sums[MK_MR][MK_NV];
  accumulate(tile, rows, sums);
  const __m256 upper = _mm256_set1_ps(tile->upper), lower = _mm256_set1_ps(tile->lower);
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  float *y = tile->output;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if ((size_t)r >= tile->rows) return;
    MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
      const __m256i mask = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)tile->columns - 8 * n), lanes);
      const __m256 f = scaled(tile, sums[r][n], n);
      _mm256_maskstore_ps(y + 8 * n, mask, _mm256_min_ps(upper, _mm256_max_ps(lower, f)));
    }
    y += tile->output_stride;
  }
}

void MK_NAME(const mk_tile_u8 *tile) {
  if (!tile->is_bounded) {
    tile_u8(tile, MK_MR, 0);
  } else if (tile->rows == 1) {
    tile_u8(tile, 1, 1);
  } else if (tile->rows <= MK_MR / 2) {
    tile_u8(tile, MK_MR / 2, 1);
  } else {
    tile_u8(tile, MK_MR, 1);
  }
}

void MK_JOIN(MK_NAME, _f32)(const mk_tile_u8 *tile) {
  if (tile->rows == 1) {
    tile_f32(tile, 1);
  } else {
    tile_f32(tile, MK_MR);
  }
}
