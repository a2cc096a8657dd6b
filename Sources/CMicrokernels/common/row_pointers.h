// Where the rows of a convolution's left matrix lie: for output pixel and tap a pointer to the input pixel under the tap.
#ifndef MK_COMMON_ROW_POINTERS_H
#define MK_COMMON_ROW_POINTERS_H

#include "CMicrokernels.h"
#include "arithmetic.h"

enum {
  MK_MAX_TAPS = 289,       // 17 x 17
  MK_MAX_TILE_ROWS = 32,
  MK_MAX_ROW_POINTERS = MK_MAX_TAPS * MK_MAX_TILE_ROWS,
};

/// Whether output pixel i reads exactly input pixel i.
MK_INLINE int mk_is_pointwise(const mk_geometry *g) {
  return g->kernel_height == 1 && g->kernel_width == 1 && g->stride_height == 1 && g->stride_width == 1 &&
         g->pad_top == 0 && g->pad_left == 0 && g->output_height == g->input_height && g->output_width == g->input_width;
}

/// Fills [tap * mr + row] for output pixels row ..< row + rows; rows beyond repeat the last one.
///
/// pixel_bytes is the distance of two input pixels; taps outside of the image point to `padding`.
void mk_fill_row_pointers(const mk_geometry *g, const void *input, const void *padding, size_t pixel_bytes, size_t row,
                          size_t rows, size_t mr, const void **pointers);

#endif
