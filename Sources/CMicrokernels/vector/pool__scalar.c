#include "pool_window.h"
#include "vector_functions.h"

void mk_max_pool_u8__scalar(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    uint8_t *y = (uint8_t *)pool->output + i * g->output_stride;
    for (size_t c = 0; c < pool->channels; ++c) {
      uint8_t greatest = 0;
      for (size_t ky = 0; ky < w.rows; ++ky) {
        const uint8_t *x = (const uint8_t *)pool->input + w.first + ky * w.row_step + c;
        for (size_t kx = 0; kx < w.columns; ++kx, x += w.column_step) greatest = *x > greatest ? *x : greatest;
      }
      y[c] = greatest;
    }
  }
}

void mk_max_pool_f32__scalar(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    float *y = (float *)pool->output + i * g->output_stride;
    for (size_t c = 0; c < pool->channels; ++c) {
      float greatest = -INFINITY;
      for (size_t ky = 0; ky < w.rows; ++ky) {
        const float *x = (const float *)pool->input + w.first + ky * w.row_step + c;
        for (size_t kx = 0; kx < w.columns; ++kx, x += w.column_step) greatest = *x > greatest ? *x : greatest;
      }
      y[c] = greatest;
    }
  }
}

void mk_average_pool_u8__scalar(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    uint8_t *y = (uint8_t *)pool->output + i * g->output_stride;
    const float scale = pool->scale / (float)w.counted;
    for (size_t c = 0; c < pool->channels; ++c) {
      uint32_t sum = mk_pool_padding(pool, &w);
      for (size_t ky = 0; ky < w.rows; ++ky) {
        const uint8_t *x = (const uint8_t *)pool->input + w.first + ky * w.row_step + c;
        for (size_t kx = 0; kx < w.columns; ++kx, x += w.column_step) sum += *x;
      }
      y[c] = mk_round_u8(fmaf((float)(int32_t)sum, scale, pool->offset), 0.0f, 255.0f);
    }
  }
}

void mk_average_pool_f32__scalar(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &pool->geometry;
  mk_pool_axis rows = {0, 0, 0};
  for (size_t i = row_begin * g->output_width, x = 0; i < row_end * g->output_width; ++i, x = x + 1 < g->output_width ? x + 1 : 0) {
    if (x == 0) rows = mk_pool_rows_at(pool, i / g->output_width);
    const mk_pool_window w = mk_pool_window_at(pool, rows, x);
    float *y = (float *)pool->output + i * g->output_stride;
    for (size_t c = 0; c < pool->channels; ++c) {
      float sum = 0;
      for (size_t ky = 0; ky < w.rows; ++ky) {
        const float *x = (const float *)pool->input + w.first + ky * w.row_step + c;
        for (size_t kx = 0; kx < w.columns; ++kx, x += w.column_step) sum += *x;
      }
      y[c] = sum / (float)w.counted;
    }
  }
}
