#include "row_pointers.h"

size_t mk_conv_max_taps(void) { return MK_MAX_TAPS; }

static void fill_pixel(const mk_geometry *g, const char *image, const void *padding, size_t pixel_bytes, ptrdiff_t top,
                       ptrdiff_t left, size_t mr, const void **pointers) {
  for (size_t ky = 0; ky < g->kernel_height; ++ky) {
    const size_t y = (size_t)(top + (ptrdiff_t)(ky * g->dilation_height));
    const int inside = y < g->input_height;  // a negative row wraps to a huge one
    for (size_t kx = 0; kx < g->kernel_width; ++kx, pointers += mr) {
      const size_t x = (size_t)(left + (ptrdiff_t)(kx * g->dilation_width));
      *pointers = inside && x < g->input_width ? image + (y * g->input_width + x) * pixel_bytes : padding;
    }
  }
}

void mk_fill_row_pointers(const mk_geometry *g, const void *input, const void *padding, size_t pixel_bytes, size_t row,
                          size_t rows, size_t mr, const void **pointers) {
  const char *base = input;
  if (mk_is_pointwise(g)) {
    for (size_t r = 0; r < mr; ++r) pointers[r] = base + (row + mk_min(r, rows - 1)) * pixel_bytes;
    return;
  }
  size_t x = row % g->output_width;
  size_t y = row / g->output_width % g->output_height;
  const size_t image_bytes = g->input_height * g->input_width * pixel_bytes;
  const char *image = base + row / g->output_width / g->output_height * image_bytes;
  for (size_t r = 0; r < rows; ++r) {
    const ptrdiff_t top = (ptrdiff_t)(y * g->stride_height) - (ptrdiff_t)g->pad_top;
    const ptrdiff_t left = (ptrdiff_t)(x * g->stride_width) - (ptrdiff_t)g->pad_left;
    fill_pixel(g, image, padding, pixel_bytes, top, left, mr, pointers + r);
    if (++x < g->output_width) continue;
    x = 0;
    if (++y < g->output_height) continue;
    y = 0;
    image += image_bytes;
  }
  if (rows == mr) return;
  const size_t taps = g->kernel_height * g->kernel_width;
  for (size_t tap = 0; tap < taps; ++tap) {
    for (size_t r = rows; r < mr; ++r) pointers[tap * mr + r] = pointers[tap * mr + rows - 1];
  }
}
