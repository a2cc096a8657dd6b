// The layout PAIRED of a panel, for multiplications that add two products of bytes in 16 bits, which must not saturate.
//
// Channels come in blocks of at most sixteen bytes of a row. Within a block they are regrouped into pairs whose weights,
// in each column, add up to at most 128 in magnitude with either sign, so that 255 times their sum fits in 16 bits; a
// channel that has no partner gets a zero. Two pairs are a quad, which is multiplied as a group of the layout QUADS is.
//
// A panel is int32 initial[nr], then for each block how many quads it has, then for each block the places of the bytes of
// its first four quads in it (0x80 for a zero), then for each block those of the others, then the weights, int8
// [quads][nr][4].
#ifndef MK_GEMM_U8S8_PACKING_H
#define MK_GEMM_U8S8_PACKING_H

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

enum {
  MK_BLOCK_BYTES = 16,
  MK_BLOCK_QUADS = 8,  // at most: every channel without a partner
};

/// Where a block's bytes lie. With at least four groups a tap a block is sixteen bytes of a tap, the last one moved back
/// to end with the tap; with fewer it is up to four groups of one or several taps.
typedef struct mk_blocks {
  size_t a_tap;  ///< blocks of one tap; 0 with fewer than four groups a tap
  size_t count;
} mk_blocks;

MK_INLINE mk_blocks mk_blocks_of(size_t taps, size_t groups) {
  if (groups < 4) return (mk_blocks){0, (taps * groups + 3) / 4};
  const size_t a_tap = (groups + 3) / 4;
  return (mk_blocks){a_tap, taps * a_tap};
}

/// The parts of a panel.
MK_INLINE size_t mk_paired_counts(size_t nr) { return nr * 4; }
MK_INLINE size_t mk_paired_places(size_t nr, mk_blocks blocks) {
  return mk_paired_counts(nr) + mk_round_up(blocks.count, 32);
}
MK_INLINE size_t mk_paired_more_places(size_t nr, mk_blocks blocks) {
  return mk_paired_places(nr, blocks) + blocks.count * MK_BLOCK_BYTES;
}
MK_INLINE size_t mk_paired_weights(size_t nr, mk_blocks blocks) {
  return mk_paired_more_places(nr, blocks) + blocks.count * MK_BLOCK_BYTES;
}

#endif
