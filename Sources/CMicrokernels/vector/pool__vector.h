// Each function does one pixel with all of its channels; the extents of common windows are constants there. The last vector
// of a pixel begins early enough to be full: some channels are computed twice.
#include "pool_window.h"
#include "vector_functions.h"

/// Calls `pixel(window, rows, columns)` with the extents of the window as constants where they are common.
#define WITH_COMMON_EXTENTS(window, pixel)                     \
  do {                                                         \
    if ((window)->rows == 3 && (window)->columns == 3) {       \
      pixel(3, 3);                                             \
    } else if ((window)->rows == 2 && (window)->columns == 2) { \
      pixel(2, 2);                                             \
    } else {                                                   \
      pixel((window)->rows, (window)->columns);                \
    }                                                          \
  } while (0)

/// Walks over the output pixels of some rows: `x` and `y` are where the window and the output pixel begin.
#define FOR_EACH_PIXEL(pool, element, row_begin, row_end, ...)                                        \
  do {                                                                                                \
    const mk_geometry *g_ = &(pool)->geometry;                                                        \
    for (size_t row_ = (row_begin); row_ < (row_end); ++row_) {                                       \
      const mk_pool_axis rows_ = mk_pool_rows_at(pool, row_);                                         \
      for (size_t column_ = 0; column_ < g_->output_width; ++column_) {                               \
        const mk_pool_window w = mk_pool_window_at(pool, rows_, column_);                             \
        const element *x = (const element *)(pool)->input + w.first;                                  \
        element *y = (element *)(pool)->output + (row_ * g_->output_width + column_) * g_->output_stride; \
        __VA_ARGS__                                                                                   \
      }                                                                                               \
    }                                                                                                 \
  } while (0)

MK_INLINE void max_pixel_u8(const uint8_t *x, const mk_pool_window *w, size_t rows, size_t columns, size_t channels,
                            uint8_t *y) {
  if (channels < MK_BYTES) {
    mk_vb greatest = mk_vb_zero();
    for (size_t ky = 0; ky < rows; ++ky) {
      for (size_t kx = 0; kx < columns; ++kx) {
        greatest = mk_vb_max(mk_vb_load_part(x + ky * w->row_step + kx * w->column_step, channels), greatest);
      }
    }
    mk_vb_store_part(y, greatest, channels);
    return;
  }
  for (size_t step = 0; step < channels; step += MK_BYTES) {
    const size_t c = mk_min(step, channels - MK_BYTES);
    mk_vb greatest = mk_vb_zero();
    for (size_t ky = 0; ky < rows; ++ky) {
      for (size_t kx = 0; kx < columns; ++kx) {
        greatest = mk_vb_max(mk_vb_load(x + ky * w->row_step + kx * w->column_step + c), greatest);
      }
    }
    mk_vb_store(y + c, greatest);
  }
}

void MK_FOR_ISA(max_pool_u8)(const mk_pool *pool, size_t row_begin, size_t row_end) {
#define PIXEL(rows, columns) max_pixel_u8(x, &w, rows, columns, pool->channels, y)
  FOR_EACH_PIXEL(pool, uint8_t, row_begin, row_end, WITH_COMMON_EXTENTS(&w, PIXEL););
#undef PIXEL
}

MK_INLINE void max_pixel_f32(const float *x, const mk_pool_window *w, size_t rows, size_t columns, size_t channels,
                             float *y) {
  if (channels < MK_LANES) {
    mk_vf greatest = mk_vf_set(-INFINITY);
    for (size_t ky = 0; ky < rows; ++ky) {
      for (size_t kx = 0; kx < columns; ++kx) {
        greatest = mk_vf_max(mk_vf_load_part(x + ky * w->row_step + kx * w->column_step, channels), greatest);
      }
    }
    mk_vf_store_part(y, greatest, channels);
    return;
  }
  for (size_t step = 0; step < channels; step += MK_LANES) {
    const size_t c = mk_min(step, channels - MK_LANES);
    mk_vf greatest = mk_vf_set(-INFINITY);
    for (size_t ky = 0; ky < rows; ++ky) {
      for (size_t kx = 0; kx < columns; ++kx) {
        greatest = mk_vf_max(mk_vf_load(x + ky * w->row_step + kx * w->column_step + c), greatest);
      }
    }
    mk_vf_store(y + c, greatest);
  }
}

void MK_FOR_ISA(max_pool_f32)(const mk_pool *pool, size_t row_begin, size_t row_end) {
#define PIXEL(rows, columns) max_pixel_f32(x, &w, rows, columns, pool->channels, y)
  FOR_EACH_PIXEL(pool, float, row_begin, row_end, WITH_COMMON_EXTENTS(&w, PIXEL););
#undef PIXEL
}

MK_INLINE mk_vf average(mk_vf sum, mk_vf scale, mk_vf offset) {
  const mk_vf f = mk_vf_fma(sum, scale, offset);
  return mk_vf_max(mk_vf_min(f, mk_vf_set(255.0f)), mk_vf_set(0.0f));
}

/// The averages of the sums of bytes 2i and of those of bytes 2i + 1.
MK_INLINE mk_vb averages(mk_vh first, mk_vh second, mk_vf scale, mk_vf offset) {
  const mk_vf v[4] = {average(mk_vh_even(first), scale, offset), average(mk_vh_even(second), scale, offset),
                      average(mk_vh_odd(first), scale, offset), average(mk_vh_odd(second), scale, offset)};
  return mk_vb_interleaved(v);
}

/// Windows whose sums stay within 16 bits. Bytes are summed in pairs, and the second ones once more by themselves: that
/// needs no byte to change its place.
MK_INLINE void average_pixel_u8(const uint8_t *x, const mk_pool_window *w, size_t rows, size_t columns, size_t channels,
                                uint32_t padding, mk_vf scale, mk_vf offset, uint8_t *y) {
  for (size_t step = 0; step < channels; step += MK_BYTES) {
    const size_t c = channels < MK_BYTES ? 0 : mk_min(step, channels - MK_BYTES);
    mk_vh pairs = mk_vh_set((uint16_t)(padding * 257)), second = mk_vh_set((uint16_t)padding);
    for (size_t ky = 0; ky < rows; ++ky) {
      for (size_t kx = 0; kx < columns; ++kx) {
        const uint8_t *pixel = x + ky * w->row_step + kx * w->column_step + c;
        const mk_vb bytes = channels < MK_BYTES ? mk_vb_load_part(pixel, channels) : mk_vb_load(pixel);
        pairs = mk_vh_add_pairs(pairs, bytes);
        second = mk_vh_add_second(second, bytes);
      }
    }
    const mk_vb bytes = averages(mk_vh_first(pairs, second), second, scale, offset);
    if (channels < MK_BYTES) {
      mk_vb_store_part(y, bytes, channels);
    } else {
      mk_vb_store(y + c, bytes);
    }
  }
}

/// Windows and channels of any number; behind the last channel there are zeros.
MK_INLINE void average_pixel_u8_any(const uint8_t *x, const mk_pool_window *w, size_t channels, uint32_t padding,
                                    mk_vf scale, mk_vf offset, uint8_t *y) {
  for (size_t c = 0; c < channels; c += MK_LANES) {
    const size_t count = mk_min(channels - c, MK_LANES);
    mk_vi sum = mk_vi_set(padding);
    for (size_t ky = 0; ky < w->rows; ++ky) {
      for (size_t kx = 0; kx < w->columns; ++kx) {
        const uint8_t *pixel = x + ky * w->row_step + kx * w->column_step + c;
        uint8_t copy[MK_LANES] = {0};
        if (count < MK_LANES) pixel = memcpy(copy, pixel, count);
        sum = mk_vi_add_u8(sum, pixel);
      }
    }
    uint8_t bytes[MK_LANES];
    mk_vf_store_u8(bytes, average(mk_vi_to_float(sum), scale, offset));
    memcpy(y + c, bytes, count);
  }
}

void MK_FOR_ISA(average_pool_u8)(const mk_pool *pool, size_t row_begin, size_t row_end) {
  const mk_vf offset = mk_vf_set(pool->offset);
  const size_t taps = pool->geometry.kernel_height * pool->geometry.kernel_width;
  const int is_short = taps <= UINT16_MAX / UINT8_MAX;
#define PIXEL(rows, columns) average_pixel_u8(x, &w, rows, columns, pool->channels, padding, scale, offset, y)
  FOR_EACH_PIXEL(pool, uint8_t, row_begin, row_end, {
    const mk_vf scale = mk_vf_set(pool->scale / (float)w.counted);
    const uint32_t padding = mk_pool_padding(pool, &w);
    if (is_short) {
      WITH_COMMON_EXTENTS(&w, PIXEL);
    } else {
      average_pixel_u8_any(x, &w, pool->channels, padding, scale, offset, y);
    }
  });
#undef PIXEL
}

MK_INLINE void average_pixel_f32(const float *x, const mk_pool_window *w, size_t rows, size_t columns, size_t channels,
                                 float *y) {
  const mk_vf counted = mk_vf_set((float)w->counted);
  for (size_t c = 0; c < channels; c += MK_LANES) {
    const size_t count = mk_min(channels - c, MK_LANES);
    mk_vf sum = mk_vf_set(0.0f);
    for (size_t ky = 0; ky < rows; ++ky) {
      for (size_t kx = 0; kx < columns; ++kx) {
        sum = mk_vf_add(sum, mk_vf_load_part(x + ky * w->row_step + kx * w->column_step + c, count));
      }
    }
    mk_vf_store_part(y + c, mk_vf_divide(sum, counted), count);
  }
}

void MK_FOR_ISA(average_pool_f32)(const mk_pool *pool, size_t row_begin, size_t row_end) {
#define PIXEL(rows, columns) average_pixel_f32(x, &w, rows, columns, pool->channels, y)
  FOR_EACH_PIXEL(pool, float, row_begin, row_end, WITH_COMMON_EXTENTS(&w, PIXEL););
#undef PIXEL
}
