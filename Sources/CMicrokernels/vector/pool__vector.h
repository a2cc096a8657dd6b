#include "pool_window.h"
#include "vector_functions.h"

MK_INLINE void max_bytes(const uint8_t *x, const mk_pool_window *w, uint8_t *y, size_t count) {
  mk_vb greatest = mk_vb_zero();
  for (size_t ky = 0; ky < w->rows; ++ky) {
    const uint8_t *pixel = x + ky * w->row_step;
    for (size_t kx = 0; kx < w->columns; ++kx, pixel += w->column_step) {
      const mk_vb v = count == MK_BYTES ? mk_vb_load(pixel) : mk_vb_load_part(pixel, count);
      greatest = mk_vb_max(v, greatest);
    }
  }
  if (count == MK_BYTES) {
    mk_vb_store(y, greatest);
  } else {
    mk_vb_store_part(y, greatest, count);
  }
}

void MK_FOR_ISA(max_pool_u8)(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    const uint8_t *x = (const uint8_t *)pool->input + w.first;
    uint8_t *y = (uint8_t *)pool->output + i * g->output_stride;
    size_t c = 0;
    for (; pool->channels - c >= MK_BYTES; c += MK_BYTES) max_bytes(x + c, &w, y + c, MK_BYTES);
    if (c < pool->channels) max_bytes(x + c, &w, y + c, pool->channels - c);
  }
}

void MK_FOR_ISA(max_pool_f32)(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    float *y = (float *)pool->output + i * g->output_stride;
    for (size_t c = 0; c < pool->channels; c += MK_LANES) {
      const size_t count = mk_min(pool->channels - c, MK_LANES);
      mk_vf greatest = mk_vf_set(-INFINITY);
      for (size_t ky = 0; ky < w.rows; ++ky) {
        const float *x = (const float *)pool->input + w.first + ky * w.row_step + c;
        for (size_t kx = 0; kx < w.columns; ++kx, x += w.column_step) {
          greatest = mk_vf_max(mk_vf_load_part(x, count), greatest);
        }
      }
      mk_vf_store_part(y + c, greatest, count);
    }
  }
}

// The sums of LANES channels; behind the last channel there are zeros.
MK_INLINE mk_vi sum_bytes(const uint8_t *x, const mk_pool_window *w, mk_vi sum, size_t count) {
  for (size_t ky = 0; ky < w->rows; ++ky) {
    const uint8_t *pixel = x + ky * w->row_step;
    for (size_t kx = 0; kx < w->columns; ++kx, pixel += w->column_step) {
      if (count == MK_LANES) {
        sum = mk_vi_add_u8(sum, pixel);
      } else {
        uint8_t copy[MK_LANES] = {0};
        memcpy(copy, pixel, count);
        sum = mk_vi_add_u8(sum, copy);
      }
    }
  }
  return sum;
}

void MK_FOR_ISA(average_pool_u8)(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  const mk_vf scale = mk_vf_set(pool->scale), offset = mk_vf_set(pool->offset);
  const mk_vf lower = mk_vf_set(0.0f), upper = mk_vf_set(255.0f);
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    const uint8_t *x = (const uint8_t *)pool->input + w.first;
    uint8_t *y = (uint8_t *)pool->output + i * g->output_stride;
    const mk_vf counted = mk_vf_set((float)w.counted);
    const mk_vi padding = mk_vi_set(mk_pool_padding(pool, &w));
    for (size_t c = 0; c < pool->channels; c += MK_LANES) {
      const size_t count = mk_min(pool->channels - c, MK_LANES);
      const mk_vi sum = sum_bytes(x + c, &w, padding, count);
      const mk_vf f = mk_vf_fma(mk_vf_divide(mk_vi_to_float(sum), counted), scale, offset);
      uint8_t bytes[MK_LANES];
      mk_vf_store_u8(bytes, mk_vf_max(mk_vf_min(f, upper), lower));
      memcpy(y + c, bytes, count);
    }
  }
}

void MK_FOR_ISA(average_pool_f32)(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    float *y = (float *)pool->output + i * g->output_stride;
    const mk_vf counted = mk_vf_set((float)w.counted);
    for (size_t c = 0; c < pool->channels; c += MK_LANES) {
      const size_t count = mk_min(pool->channels - c, MK_LANES);
      mk_vf sum = mk_vf_set(0.0f);
      for (size_t ky = 0; ky < w.rows; ++ky) {
        const float *x = (const float *)pool->input + w.first + ky * w.row_step + c;
        for (size_t kx = 0; kx < w.columns; ++kx, x += w.column_step) sum = mk_vf_add(sum, mk_vf_load_part(x, count));
      }
      mk_vf_store_part(y + c, mk_vf_divide(sum, counted), count);
    }
  }
}
