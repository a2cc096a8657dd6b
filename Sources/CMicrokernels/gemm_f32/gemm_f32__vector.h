// A tile of at most MK_TILE rows, MK_MR at a time, by MK_NV vectors. Each output is one chain of fused multiply-adds in the order of
// taps and channels, so that all tiles and instruction sets agree bit for bit. The including file defines MK_NAME, MK_MR and
// MK_NV, and MK_TILE if it is not MK_MR, after it has included common/lanes__*.h.
#ifndef MK_TILE
#define MK_TILE MK_MR
#endif

MK_INLINE void tile_rows(const mk_tile_f32 *tile, const int rows, const int is_whole) {
  mk_vf sums[MK_MR][MK_NV];
  const float *w = tile->panel;
  const char *ahead = tile->ahead;
  MK_UNROLL for (int n = 0; n < MK_NV; ++n, w += MK_LANES) {
    MK_UNROLL for (int r = 0; r < rows; ++r) sums[r][n] = mk_vf_load(w);
  }
  for (size_t tap = 0; tap < tile->taps; ++tap) {
    const float *a[MK_MR];
    MK_UNROLL for (int r = 0; r < rows; ++r) a[r] = tile->rows_a[tap * MK_TILE + r];
    for (size_t k = 0; k < tile->channels; ++k, w += MK_NV * MK_LANES, ahead += tile->ahead_step) {
      mk_vf b[MK_NV];
      mk_prefetch_weights(w, sizeof b);
      __builtin_prefetch(ahead, 0, 2);
      MK_UNROLL for (int n = 0; n < MK_NV; ++n) b[n] = mk_vf_load(w + n * MK_LANES);
      MK_UNROLL for (int r = 0; r < rows; ++r) {
        const mk_vf x = mk_vf_set(a[r][k]);
        MK_UNROLL for (int n = 0; n < MK_NV; ++n) sums[r][n] = mk_vf_fma(x, b[n], sums[r][n]);
      }
    }
  }
  const mk_vf lower = mk_vf_set(tile->lower), upper = mk_vf_set(tile->upper);
  float *y = tile->output;
  const float *residual = tile->residual;
  MK_UNROLL for (int r = 0; r < rows; ++r) {
    if (!is_whole && (size_t)r >= tile->rows) return;
    MK_UNROLL for (int n = 0; n < MK_NV; ++n) {
      if (!is_whole && tile->columns <= (size_t)n * MK_LANES) continue;
      const size_t columns = is_whole ? MK_LANES : mk_min(tile->columns - (size_t)n * MK_LANES, MK_LANES);
      mk_vf f = sums[r][n];
      if (residual) f = mk_vf_add(f, is_whole ? mk_vf_load(residual + n * MK_LANES) : mk_vf_load_part(residual + n * MK_LANES, columns));
      f = mk_vf_min(upper, mk_vf_max(lower, f));
      if (is_whole) {
        mk_vf_store(y + n * MK_LANES, f);
      } else {
        mk_vf_store_part(y + n * MK_LANES, f, columns);
      }
    }
    residual += residual ? tile->residual_stride : 0;
    y += tile->output_stride;
  }
}

MK_INLINE void part_of_tile(const mk_tile_f32 *tile) {
  if (tile->rows == MK_MR && tile->columns == MK_NV * MK_LANES) {
    tile_rows(tile, MK_MR, 1);
  } else if (tile->rows == 1) {
    tile_rows(tile, 1, 0);
  } else if (tile->rows <= (MK_MR + 1) / 2) {
    tile_rows(tile, (MK_MR + 1) / 2, 0);
  } else {
    tile_rows(tile, MK_MR, 0);
  }
}

#if MK_TILE == MK_MR
void MK_NAME(const mk_tile_f32 *tile) { part_of_tile(tile); }
#else
MK_INLINE void skip_rows(mk_tile_f32 *tile, size_t rows) {
  tile->rows_a += rows;
  tile->output += rows * tile->output_stride;
  if (tile->residual) tile->residual += rows * tile->residual_stride;
}

void MK_NAME(const mk_tile_f32 *tile);

/// A tile of which one row would be left over, and by itself wait for its sums, each for the one before.
static __attribute__((noinline)) void uneven_tile(const mk_tile_f32 *tile) {
  mk_tile_f32 part = *tile;
  part.rows -= MK_MR + 1;
  if (part.rows > 0) MK_NAME(&part);
  skip_rows(&part, part.rows);
  part.rows = MK_MR - 2;
  tile_rows(&part, MK_MR - 2, 0);
  skip_rows(&part, part.rows);
  part.rows = 3;
  tile_rows(&part, (MK_MR + 1) / 2, 0);
}

void MK_NAME(const mk_tile_f32 *tile) {
  if (tile->rows % MK_MR == 1 && tile->rows > 1) {
    uneven_tile(tile);
    return;
  }
  mk_tile_f32 part = *tile;
  for (size_t first = 0; first < tile->rows; first += MK_MR) {
    part.rows = mk_min(tile->rows - first, MK_MR);
    part_of_tile(&part);
    skip_rows(&part, MK_MR);
  }
}
#endif
