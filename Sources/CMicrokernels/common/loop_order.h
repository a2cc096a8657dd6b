// In which order a convolution's tiles run.
#ifndef MK_COMMON_LOOP_ORDER_H
#define MK_COMMON_LOOP_ORDER_H

#include "arithmetic.h"

enum { MK_NEAR_CACHE = 512 * 1024 };  // about half of a second-level cache

/// How many output pixels are computed for all panels before the next ones are.
///
/// Weights that stay in cache are passed over for every tile; larger ones are read once for a block of pixels whose
/// inputs stay in cache.
MK_INLINE size_t mk_rows_of_block(size_t weight_bytes, size_t row_bytes, size_t mr) {
  if (weight_bytes <= MK_NEAR_CACHE) return mr;
  return mk_max(mk_round_up(MK_NEAR_CACHE / 2 / mk_max(row_bytes, 1), mr), mr);
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
