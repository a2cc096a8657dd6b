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

// Where the window of an output pixel begins, and whether all of it lies inside of the image.
typedef struct window_start {
  const char *image;
  size_t x, y;  // of the output
} window_start;

MK_INLINE void advance(window_start *at, const mk_geometry *g, size_t image_bytes) {
  if (++at->x < g->output_width) return;
  at->x = 0;
  if (++at->y < g->output_height) return;
  at->y = 0;
  at->image += image_bytes;
}

// Fills the pointers of a tile whose windows all lie inside of their images; 0 if one does not.
static int fill_inner_tile(const mk_geometry *g, window_start at, size_t pixel_bytes, size_t rows, size_t mr,
                           const void **pointers) {
  const size_t image_bytes = g->input_height * g->input_width * pixel_bytes;
  const size_t reach_y = (g->kernel_height - 1) * g->dilation_height, reach_x = (g->kernel_width - 1) * g->dilation_width;
  const char *first[MK_MAX_TILE_ROWS];
  for (size_t r = 0; r < rows;) {
    // The windows of one output row differ by a step; a negative start wraps to a huge one.
    const size_t count = mk_min(rows - r, g->output_width - at.x), step = g->stride_width * pixel_bytes;
    const size_t top = at.y * g->stride_height - g->pad_top, left = at.x * g->stride_width - g->pad_left;
    if (top >= g->input_height || left >= g->input_width) return 0;
    if (top + reach_y >= g->input_height) return 0;
    if (left + (count - 1) * g->stride_width + reach_x >= g->input_width) return 0;
    const char *start = at.image + (top * g->input_width + left) * pixel_bytes;
    for (size_t i = 0; i < count; ++i) first[r + i] = start + i * step;
    r += count;
    at.x += count - 1;
    advance(&at, g, image_bytes);
  }
  for (size_t r = rows; r < mr; ++r) first[r] = first[rows - 1];
  for (size_t ky = 0; ky < g->kernel_height; ++ky) {
    size_t offset = ky * g->dilation_height * g->input_width * pixel_bytes;
    for (size_t kx = 0; kx < g->kernel_width; ++kx, offset += g->dilation_width * pixel_bytes, pointers += mr) {
      for (size_t r = 0; r < mr; ++r) pointers[r] = first[r] + offset;
    }
  }
  return 1;
}

void mk_fill_row_pointers(const mk_geometry *g, const void *input, const void *padding, size_t pixel_bytes, size_t row,
                          size_t rows, size_t mr, const void **pointers) {
  const char *base = input;
  if (mk_is_pointwise(g)) {
    const char *at = base + row * pixel_bytes;
    for (size_t r = 0; r < rows; ++r, at += pixel_bytes) pointers[r] = at;
    for (size_t r = rows; r < mr; ++r) pointers[r] = pointers[rows - 1];
    return;
  }
  const size_t image_bytes = g->input_height * g->input_width * pixel_bytes;
  window_start at = {
      .image = base + row / g->output_width / g->output_height * image_bytes,
      .x = row % g->output_width,
      .y = row / g->output_width % g->output_height,
  };
  if (fill_inner_tile(g, at, pixel_bytes, rows, mr, pointers)) return;
  for (size_t r = 0; r < rows; ++r) {
    const ptrdiff_t top = (ptrdiff_t)(at.y * g->stride_height) - (ptrdiff_t)g->pad_top;
    const ptrdiff_t left = (ptrdiff_t)(at.x * g->stride_width) - (ptrdiff_t)g->pad_left;
    fill_pixel(g, at.image, padding, pixel_bytes, top, left, mr, pointers + r);
    advance(&at, g, image_bytes);
  }
  if (rows == mr) return;
  const size_t taps = g->kernel_height * g->kernel_width;
  for (size_t tap = 0; tap < taps; ++tap) {
    for (size_t r = rows; r < mr; ++r) pointers[tap * mr + r] = pointers[tap * mr + rows - 1];
  }
}
