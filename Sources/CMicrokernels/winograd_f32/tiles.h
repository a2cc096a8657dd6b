// Where the tiles of a Winograd convolution lie.
#ifndef MK_WINOGRAD_F32_TILES_H
#define MK_WINOGRAD_F32_TILES_H

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

/// A tile's image, and its row and column among the tiles of the image.
typedef struct mk_tile_place {
  size_t image, row, column;
} mk_tile_place;

MK_INLINE mk_tile_place mk_place_of_tile(const mk_geometry *g, size_t side, size_t tile) {
  const size_t rows = (g->output_height + side - 1) / side, columns = (g->output_width + side - 1) / side;
  return (mk_tile_place){tile / columns / rows, tile / columns % rows, tile % columns};
}

#endif
