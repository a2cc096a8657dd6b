// The packed form of a depthwise convolution's constants: blocks of channels, each with its weights, then its initial
// accumulators, scales and offsets, all in the order in which the accumulators come to lie.
#ifndef MK_DWCONV_U8S8_PACKING_H
#define MK_DWCONV_U8S8_PACKING_H

#include "../common/arithmetic.h"
#include "CMicrokernels.h"

/// What tells one layout from another. Taps are multiplied in chunks, one 32-bit lane a channel and chunk.
typedef struct mk_dwconv_u8_shape {
  size_t widest;         ///< channels of a block, except the last
  size_t narrowest;      ///< the last block may be as narrow
  size_t lane_channels;  ///< channels of a 128-bit lane: neighbours in memory, dealt out to lane_channels / 4 vectors
  size_t chunk_taps;     ///< taps in a lane of 32 bits
  size_t weight_bytes;   ///< of one weight
  int is_signed;         ///< 128 is subtracted from activations, which the initial accumulators make up for
} mk_dwconv_u8_shape;

/// Channels of the block that starts with `remaining` channels still to come.
MK_INLINE size_t mk_dwconv_u8_block(size_t remaining, size_t widest, size_t narrowest) {
  return remaining > narrowest ? widest : narrowest;
}

/// Bytes of the constants of one channel.
MK_INLINE size_t mk_dwconv_u8_channel_bytes(size_t chunks) { return 4 * chunks + 12; }

#endif
