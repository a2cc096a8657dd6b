// The layout PAIRED of a panel, for multiplications that add two products of bytes in 16 bits, which must not saturate.
//
// Channels come in blocks of at most sixteen bytes of a tap. Within a block they are regrouped into pairs whose weights,
// in each column, add up to at most 128 in magnitude with either sign, so that 255 times their sum fits in 16 bits. Where
// a channel finds no such partner, it gets another, and what is too much of its weights is left to the rests: two channels
// each, of any blocks, whose products are added in 32 bits. Two pairs are a quad, which is multiplied as a group of the
// layout QUADS is; a block has as many of them as it has groups.
//
// A panel is int32 initial[nr], then uint32 how many rests there are, then from the next 32 bytes on for each block the
// places of its quads' bytes in it (0x80 for a zero), then the weights, int8 [quads][nr][4], then the rests, each an
// mk_rest and int16 [nr][2].
#ifndef MK_GEMM_U8S8_PACKING_H
#define MK_GEMM_U8S8_PACKING_H

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

enum { MK_BLOCK_BYTES = 16 };

/// Blocks of a tap. The last one of at least four groups is moved back to end with the tap.
MK_INLINE size_t mk_blocks_a_tap(size_t groups) { return (groups + 3) / 4; }

/// Which two channels the weights of a rest are for.
typedef struct mk_rest {
  uint32_t tap[2], channel[2];
} mk_rest;

/// The parts of a panel.
MK_INLINE size_t mk_paired_count(size_t nr) { return nr * 4; }
MK_INLINE size_t mk_paired_places(size_t nr) { return nr * 4 + 32; }
MK_INLINE size_t mk_paired_weights(size_t nr, size_t taps, size_t groups) {
  return mk_paired_places(nr) + mk_round_up(taps * mk_blocks_a_tap(groups) * MK_BLOCK_BYTES, 32);
}
MK_INLINE size_t mk_paired_rests(size_t nr, size_t taps, size_t groups) {
  return mk_paired_weights(nr, taps, groups) + taps * groups * nr * 4;
}
MK_INLINE size_t mk_rest_bytes(size_t nr) { return sizeof(mk_rest) + nr * 4; }

// The layout WORDS of a panel, for multiplications of 16 bits: int32 initial[nr], then uint32 how many pairs of channels a
// tap has, then from the next 32 bytes on the weights, int16 [taps][pairs][nr][2].
MK_INLINE size_t mk_words_pairs(size_t nr) { return nr * 4; }
MK_INLINE size_t mk_words_weights(size_t nr) { return nr * 4 + 32; }

#endif
