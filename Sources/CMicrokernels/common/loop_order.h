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

#endif
