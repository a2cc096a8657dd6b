// The transforms around Winograd's convolution F(tile x tile, 3 x 3) with the points 0, 1, -1, 2, -2 and infinity (tile 4)
// or 0, 1, -1 and infinity (tile 2): Lavin and Gray, arXiv:1509.09308, section 4. Every number is made by the same chain of
// operations on every instruction set. The including file has defined MK_TILE and MK_SUFFIX after common/lanes__*.h.
#include "tiles.h"

enum { MK_SIDE = MK_TILE + 2 };

// a - b
MK_INLINE mk_vf minus(mk_vf a, mk_vf b) { return mk_vf_fma(mk_vf_set(-1), b, a); }
// factor * a + b
MK_INLINE mk_vf times(float factor, mk_vf a, mk_vf b) { return mk_vf_fma(mk_vf_set(factor), a, b); }

/// Multiplies six or four numbers with the transposed matrix B, in place.
MK_INLINE void transform_input(mk_vf d[MK_SIDE]) {
#if MK_TILE == 4
  const mk_vf near = times(-4, d[2], d[4]), odd = times(-4, d[1], d[3]);
  const mk_vf far = minus(d[4], d[2]), step = minus(d[3], d[1]);
  const mk_vf first = times(4, d[0], times(-5, d[2], d[4])), last = times(4, d[1], times(-5, d[3], d[5]));
  d[0] = first;
  d[1] = mk_vf_add(near, odd);
  d[2] = minus(near, odd);
  d[3] = times(2, step, far);
  d[4] = times(-2, step, far);
  d[5] = last;
#else
  const mk_vf first = minus(d[0], d[2]), last = minus(d[1], d[3]);
  const mk_vf sum = mk_vf_add(d[1], d[2]), difference = minus(d[2], d[1]);
  d[0] = first;
  d[1] = sum;
  d[2] = difference;
  d[3] = last;
#endif
}

/// Multiplies six or four numbers with the transposed matrix A; the first four or two are the result.
MK_INLINE void transform_output(mk_vf m[MK_SIDE]) {
#if MK_TILE == 4
  const mk_vf near = mk_vf_add(m[1], m[2]), odd = minus(m[1], m[2]);
  const mk_vf far = mk_vf_add(m[3], m[4]), step = minus(m[3], m[4]);
  m[0] = mk_vf_add(mk_vf_add(m[0], near), far);
  m[1] = times(2, step, odd);
  m[2] = times(4, far, near);
  m[3] = mk_vf_add(times(8, step, odd), m[5]);
#else
  const mk_vf near = mk_vf_add(m[1], m[2]), odd = minus(m[1], m[2]);
  m[0] = mk_vf_add(m[0], near);
  m[1] = minus(odd, m[3]);
#endif
}

// One vector of channels, of which `count` are real, of one tile.
MK_INLINE void input_block(const mk_winograd_f32 *conv, const mk_tile_place *at, size_t c, size_t count, float *v,
                           size_t position_stride) {
  const mk_geometry *g = &conv->geometry;
  mk_vf d[MK_SIDE][MK_SIDE];
  const ptrdiff_t top = (ptrdiff_t)(at->row * MK_TILE) - (ptrdiff_t)g->pad_top;
  const ptrdiff_t left = (ptrdiff_t)(at->column * MK_TILE) - (ptrdiff_t)g->pad_left;
  const float *image = conv->input + at->image * g->input_height * g->input_width * g->input_stride + c;
  MK_UNROLL for (int x = 0; x < MK_SIDE; ++x) {
    const size_t column = (size_t)(left + x);  // a negative place wraps to a huge one
    mk_vf line[MK_SIDE];
    MK_UNROLL for (int y = 0; y < MK_SIDE; ++y) {
      const size_t row = (size_t)(top + y);
      if (row < g->input_height && column < g->input_width) {
        line[y] = mk_vf_load_part(image + (row * g->input_width + column) * g->input_stride, count);
      } else {
        line[y] = mk_vf_set(0);
      }
    }
    transform_input(line);
    MK_UNROLL for (int y = 0; y < MK_SIDE; ++y) d[y][x] = line[y];
  }
  MK_UNROLL for (int y = 0; y < MK_SIDE; ++y) {
    transform_input(d[y]);
    MK_UNROLL for (int x = 0; x < MK_SIDE; ++x) {
      mk_vf_store_part(v + (size_t)(y * MK_SIDE + x) * position_stride + c, d[y][x], count);
    }
  }
}

void MK_JOIN(MK_JOIN(MK_JOIN(mk_winograd_f32_, MK_TILE), MK_SUFFIX), _input)(const mk_winograd_f32 *conv, size_t begin,
                                                                            size_t end, float *v) {
  const size_t position_stride = (end - begin) * conv->channels;
  for (size_t tile = begin; tile < end; ++tile, v += conv->channels) {
    const mk_tile_place at = mk_place_of_tile(&conv->geometry, MK_TILE, tile);
    for (size_t c = 0; c < conv->channels; c += MK_LANES) {
      input_block(conv, &at, c, mk_min(conv->channels - c, MK_LANES), v, position_stride);
    }
  }
}

MK_INLINE void output_block(const mk_winograd_f32 *conv, const mk_tile_place *at, size_t c, size_t count, const float *m,
                            size_t position_stride) {
  const mk_geometry *g = &conv->geometry;
  mk_vf d[MK_TILE][MK_SIDE];
  MK_UNROLL for (int x = 0; x < MK_SIDE; ++x) {
    mk_vf line[MK_SIDE];
    MK_UNROLL for (int y = 0; y < MK_SIDE; ++y) {
      line[y] = mk_vf_load_part(m + (size_t)(y * MK_SIDE + x) * position_stride + c, count);
    }
    transform_output(line);
    MK_UNROLL for (int y = 0; y < MK_TILE; ++y) d[y][x] = line[y];
  }
  const mk_vf bias = mk_vf_load_part(conv->bias + c, count);
  const mk_vf lower = mk_vf_set(conv->lower), upper = mk_vf_set(conv->upper);
  for (size_t y = 0; y < MK_TILE && at->row * MK_TILE + y < g->output_height; ++y) {
    transform_output(d[y]);
    const size_t first = (at->image * g->output_height + at->row * MK_TILE + y) * g->output_width + at->column * MK_TILE;
    for (size_t x = 0; x < MK_TILE && at->column * MK_TILE + x < g->output_width; ++x) {
      mk_vf f = mk_vf_add(d[y][x], bias);
      if (conv->residual) {
        f = mk_vf_add(f, mk_vf_load_part(conv->residual + (first + x) * conv->residual_stride + c, count));
      }
      f = mk_vf_min(upper, mk_vf_max(lower, f));
      mk_vf_store_part(conv->output + (first + x) * g->output_stride + c, f, count);
    }
  }
}

void MK_JOIN(MK_JOIN(MK_JOIN(mk_winograd_f32_, MK_TILE), MK_SUFFIX), _output)(const mk_winograd_f32 *conv, size_t begin,
                                                                             size_t end, const float *m) {
  const size_t position_stride = (end - begin) * conv->columns;
  for (size_t tile = begin; tile < end; ++tile, m += conv->columns) {
    const mk_tile_place at = mk_place_of_tile(&conv->geometry, MK_TILE, tile);
    for (size_t c = 0; c < conv->columns; c += MK_LANES) {
      output_block(conv, &at, c, mk_min(conv->columns - c, MK_LANES), m, position_stride);
    }
  }
}
