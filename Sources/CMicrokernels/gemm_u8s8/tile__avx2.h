// Requantizes and stores a tile of MK_TILE rows by 8 * MK_NV columns, of which `accumulate` computes MK_MR rows at a time;
// for the headers of AVX2 and AVX-VNNI.
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

MK_INLINE void requantize(const mk_tile_u8 *tile, const int r, const mk_clamping clamping, const int has_residual,
                          const requantization *q, const __m256i sums[MK_NV], __m256i v[MK_NV]) {
  MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
    __m256 f = scaled(tile, sums[n], n);
    if (has_residual) {
      const uint8_t *residual = tile->residual + (size_t)r * tile->residual_stride + 8 * n;
      const __m256i bytes = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)residual));
      f = _mm256_fmadd_ps(_mm256_cvtepi32_ps(bytes), q->residual_scale, f);
    }
    // Overflow of the conversion saturates as it should below, not above.
    if (clamping == MK_CLAMP_FLOATS) f = _mm256_min_ps(f, q->upper);
    v[n] = _mm256_cvtps_epi32(f);
  }
}

MK_INLINE __m256i narrow(__m256i a, __m256i b, __m256i c, __m256i d, __m256i order, const mk_clamping clamping,
                         const requantization *q) {
  __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
  bytes = _mm256_permutevar8x32_epi32(bytes, order);
  if (clamping == MK_CLAMP_NONE) return bytes;
  return _mm256_max_epu8(_mm256_min_epu8(bytes, q->upper_bytes), q->lower_bytes);
}

// Stores all columns of at most `rows` rows.
MK_INLINE void store_rows(const mk_tile_u8 *tile, const int rows, const mk_clamping clamping, const int has_residual,
                          const requantization *q, __m256i sums[MK_MR][MK_NV]) {
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  uint8_t *y = tile->output;
  if (MK_NV == 3) {
    MK_UNROLL for (int r = 0; r < rows; ++r, y += tile->output_stride) {
      if ((size_t)r >= tile->rows) return;
      __m256i v[MK_NV];
      requantize(tile, r, clamping, has_residual, q, sums[r], v);
      const __m256i bytes = narrow(v[0], v[1], v[MK_NV - 1], v[MK_NV - 1], order, clamping, q);
      _mm_storeu_si128((__m128i *)y, _mm256_castsi256_si128(bytes));
      _mm_storel_epi64((__m128i *)(y + 16), _mm256_extracti128_si256(bytes, 1));
    }
  } else {
    MK_UNROLL for (int r = 0; r < rows; r += 2, y += 2 * tile->output_stride) {
      if ((size_t)r >= tile->rows) return;
      const int has_second = r + 1 < rows && (size_t)r + 1 < tile->rows;
      __m256i v[2][MK_NV];
      requantize(tile, r, clamping, has_residual, q, sums[r], v[0]);
      if (has_second) {
        requantize(tile, r + 1, clamping, has_residual, q, sums[r + 1 < rows ? r + 1 : r], v[1]);
      } else {
        v[1][0] = v[1][1] = v[0][0];
      }
      const __m256i bytes = narrow(v[0][0], v[0][1], v[1][0], v[1][1], order, clamping, q);
      _mm_storeu_si128((__m128i *)y, _mm256_castsi256_si128(bytes));
      if (has_second) _mm_storeu_si128((__m128i *)(y + tile->output_stride), _mm256_extracti128_si256(bytes, 1));
    }
  }
}

// Computes at most `rows` rows.
MK_INLINE void some_rows(const mk_tile_u8 *tile, const int rows, const mk_clamping clamping, const int has_residual,
                         const requantization *q) {
  __m256i sums[MK_MR][MK_NV];
  accumulate(tile, rows, sums);
  store_rows(tile, rows, clamping, has_residual, q, sums);
}

MK_INLINE void all_rows(const mk_tile_u8 *tile, const mk_clamping clamping, const int has_residual) {
  const requantization q = {
      .upper = _mm256_set1_ps(tile->upper),
      .residual_scale = _mm256_set1_ps(tile->residual_scale),
      .upper_bytes = _mm256_set1_epi8((char)(uint8_t)tile->upper),
      .lower_bytes = _mm256_set1_epi8((char)(uint8_t)tile->lower),
  };
  mk_tile_u8 part = *tile;
  for (size_t first = 0; first < tile->rows; first += MK_MR) {
    part.rows = mk_min(tile->rows - first, MK_MR);
    if (clamping != MK_CLAMP_FLOATS && part.rows == 1) {
      some_rows(&part, 1, clamping, has_residual, &q);
    } else if (clamping != MK_CLAMP_FLOATS && part.rows <= MK_MR / 2) {
      some_rows(&part, MK_MR / 2, clamping, has_residual, &q);
    } else {
      some_rows(&part, MK_MR, clamping, has_residual, &q);
    }
    part.rows_a += MK_MR;
    part.output = (uint8_t *)part.output + MK_MR * part.output_stride;
    if (has_residual) part.residual += MK_MR * part.residual_stride;
  }
}

MK_INLINE void all_clamped(const mk_tile_u8 *tile, const int has_residual) {
  switch (tile->clamping) {
    case MK_CLAMP_NONE: all_rows(tile, MK_CLAMP_NONE, has_residual); break;
    case MK_CLAMP_BYTES: all_rows(tile, MK_CLAMP_BYTES, has_residual); break;
    case MK_CLAMP_FLOATS: all_rows(tile, MK_CLAMP_FLOATS, has_residual); break;
  }
}

static void all_columns(const mk_tile_u8 *tile) { tile->residual ? all_clamped(tile, 1) : all_clamped(tile, 0); }

// Computes all columns beside the output, of which the first ones are copied.
static void some_columns(const mk_tile_u8 *tile) {
  uint8_t output[MK_TILE][NR], residual[MK_TILE][NR];
  mk_tile_u8 wide = *tile;
  wide.columns = NR;
  wide.output = output;
  wide.output_stride = NR;
  if (tile->residual) {
    memset(residual, 0, sizeof residual);
    for (size_t r = 0; r < tile->rows; ++r) memcpy(residual[r], tile->residual + r * tile->residual_stride, tile->columns);
    wide.residual = residual[0];
    wide.residual_stride = NR;
  }
  all_columns(&wide);
  for (size_t r = 0; r < tile->rows; ++r) {
    memcpy((uint8_t *)tile->output + r * tile->output_stride, output[r], tile->columns);
  }
}

// Stores at most `rows` rows as floats.
MK_INLINE void some_rows_f32(const mk_tile_u8 *tile, const int rows) {
  const __m256 upper = _mm256_set1_ps(tile->upper), lower = _mm256_set1_ps(tile->lower);
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  __m256i sums[MK_MR][MK_NV];
  accumulate(tile, rows, sums);
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
  if (tile->columns == NR) {
    all_columns(tile);
  } else {
    some_columns(tile);
  }
}

void MK_JOIN(MK_NAME, _f32)(const mk_tile_u8 *tile) {
  mk_tile_u8 part = *tile;
  for (size_t first = 0; first < tile->rows; first += MK_MR) {
    part.rows = mk_min(tile->rows - first, MK_MR);
    part.rows == 1 ? some_rows_f32(&part, 1) : some_rows_f32(&part, MK_MR);
    part.rows_a += MK_MR;
    part.output = (float *)part.output + MK_MR * part.output_stride;
  }
}
