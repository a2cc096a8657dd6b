// In which order a convolution's tiles run.
#ifndef MK_COMMON_LOOP_ORDER_H
#define MK_COMMON_LOOP_ORDER_H

#include "CMicrokernels.h"
#include "arithmetic.h"

enum {
  MK_NEAREST_CACHE = 32 * 1024,  // what of the first-level cache weights may take
  MK_NEAR_CACHE = 512 * 1024,    // about a quarter of a second-level cache
};

/// The order of a convolution's tiles: blocks of output pixels, in each block panel by panel, for each panel all tiles.
typedef struct mk_loop_order {
  size_t first, others;  // pixels of the first block, and of those behind it
  int weights_are_far;   // in all blocks, not only in the first one
} mk_loop_order;

/// Weights that stay in cache are passed over for every tile, but the first tiles wait for them, so these share a pass;
/// larger ones are read once for a block of pixels whose inputs stay in cache.
MK_INLINE mk_loop_order mk_loop_order_for(const mk_geometry *g, size_t weight_bytes, size_t pixel_bytes, size_t rows,
                                          size_t mr) {
  const size_t row_bytes = mk_min(g->stride_height, g->kernel_height) * mk_min(g->stride_width, g->kernel_width) * pixel_bytes;
  const size_t most = mk_max(MK_NEAR_CACHE / mk_max(row_bytes, 1), mr), blocks = (rows + most - 1) / mk_max(most, 1);
  const size_t block = mk_round_up((rows + blocks - 1) / mk_max(blocks, 1), mr);
  if (weight_bytes > MK_NEAR_CACHE) return (mk_loop_order){block, block, 1};
  return (mk_loop_order){weight_bytes > MK_NEAREST_CACHE ? mk_min(4 * mr, block) : mr, mr, 0};
}

/// Asks for the weights of the next panel while this one's tiles are computed, evenly, so that they are near when their
/// first tile reads them.
typedef struct mk_lookahead {
  const char *next;       // the next panel
  size_t step, per_tile;  // bytes of a step, and of all steps of a tile
} mk_lookahead;

/// `steps` are those of one tile, `tiles` those of a panel before the next one begins.
MK_INLINE mk_lookahead mk_look_ahead(const void *next, size_t panel_bytes, size_t tiles, size_t steps) {
  const size_t step = mk_min((panel_bytes + tiles * steps - 1) / (tiles * steps), 64);
  return (mk_lookahead){next, step, step * steps};
}

#endif
