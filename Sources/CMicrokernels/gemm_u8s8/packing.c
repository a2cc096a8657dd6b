#include "packing.h"

size_t mk_gemm_u8_panel_bytes(const mk_gemm_u8_kernel *kernel, size_t taps, size_t channels) {
  const size_t nr = kernel->nr, groups = (channels + 3) / 4;
  if (kernel->layout != MK_GEMM_U8_PAIRED) return nr * 4 + taps * groups * nr * 4;
  const mk_blocks blocks = mk_blocks_of(taps, groups);
  return mk_paired_weights(nr, blocks) + blocks.count * MK_BLOCK_QUADS * nr * 4;
}

// x * w = (x - 128) * w + 128 * w
static void pack_signed(size_t nr, size_t taps, size_t groups, const void *quads, void *panel) {
  memcpy(panel, quads, nr * 4 + taps * groups * nr * 4);
  uint32_t *initial = panel;
  const int8_t *w = (const int8_t *)panel + nr * 4;
  for (size_t group = 0; group < taps * groups; ++group) {
    for (size_t n = 0; n < nr; ++n, w += 4) initial[n] += (uint32_t)(128 * (w[0] + w[1] + w[2] + w[3]));
  }
}

enum { MAX_NR = 32 };

// The channels of a block.
typedef struct block {
  size_t count;                           // of channels
  uint8_t places[MK_BLOCK_BYTES];         // where their bytes are in the block
  const int8_t *weights[MK_BLOCK_BYTES];  // of the first column; the next column's are 4 bytes on
  uint16_t friends[MK_BLOCK_BYTES];       // bit j of i: i and j may be a pair
} block;

static void find_friends(block *b, size_t nr) {
  // The magnitudes of the weights that are positive, and of those that are not; zeros for the others.
  int16_t above[MK_BLOCK_BYTES][MAX_NR], below[MK_BLOCK_BYTES][MAX_NR];
  for (size_t i = 0; i < b->count; ++i) {
    for (size_t n = 0; n < nr; ++n) {
      const int16_t w = b->weights[i][4 * n];
      above[i][n] = w > 0 ? w : 0;
      below[i][n] = w < 0 ? -w : 0;
    }
    b->friends[i] = 0;
    for (size_t j = 0; j < i; ++j) {
      int16_t greatest = 0;
      for (size_t n = 0; n < nr; ++n) {
        const int16_t positive = above[i][n] + above[j][n], negative = below[i][n] + below[j][n];
        greatest = positive > greatest ? positive : greatest;
        greatest = negative > greatest ? negative : greatest;
      }
      if (greatest > 128) continue;
      b->friends[i] |= (uint16_t)(1u << j);
      b->friends[j] |= (uint16_t)(1u << i);
    }
  }
}

// The member of a set with the fewest friends in another set, at least one; or 16.
static size_t loneliest(const block *b, unsigned set, unsigned among) {
  size_t found = MK_BLOCK_BYTES;
  int fewest = MK_BLOCK_BYTES + 1;
  for (size_t i = 0; i < b->count; ++i) {
    const int friends = __builtin_popcount(b->friends[i] & among);
    if (!(set >> i & 1) || friends == 0 || friends >= fewest) continue;
    found = i;
    fewest = friends;
  }
  return found;
}

// Puts two channels without partners into pairs by parting a pair of others, if there is one.
static int rematch(const block *b, size_t partner[MK_BLOCK_BYTES], size_t i, size_t j) {
  for (size_t c = 0; c < b->count; ++c) {
    const size_t d = partner[c];
    if (d == c || !(b->friends[i] >> c & 1) || !(b->friends[j] >> d & 1)) continue;
    partner[i] = c;
    partner[c] = i;
    partner[j] = d;
    partner[d] = j;
    return 1;
  }
  return 0;
}

// Pairs as many channels as a greedy choice with exchanges finds. A channel without a partner is its own.
static void match(const block *b, size_t partner[MK_BLOCK_BYTES]) {
  unsigned alone = (1u << b->count) - 1;
  for (size_t i = 0; i < MK_BLOCK_BYTES; ++i) partner[i] = i;
  for (;;) {
    const size_t i = loneliest(b, alone, alone);
    if (i == MK_BLOCK_BYTES) break;
    const size_t j = loneliest(b, alone & b->friends[i], alone);
    partner[i] = j;
    partner[j] = i;
    alone &= ~(1u << i | 1u << j);
  }
  for (size_t i = 0; i < b->count; ++i) {
    for (size_t j = 0; partner[i] == i && j < b->count; ++j) {
      if (j != i && partner[j] == j) rematch(b, partner, i, j);
    }
  }
}

// Writes the places and the weights of a block; returns its quads.
static size_t pack_block(block *b, size_t nr, uint8_t places[MK_BLOCK_QUADS * 4], int8_t *weights) {
  size_t partner[MK_BLOCK_BYTES];
  find_friends(b, nr);
  match(b, partner);
  memset(places, 0x80, MK_BLOCK_QUADS * 4);
  size_t pairs = 0;
  for (size_t i = 0; i < b->count; ++i) {
    if (partner[i] < i) continue;
    for (size_t side = 0; side < 2; ++side) {
      const size_t c = side ? partner[i] : i;
      const int real = side == 0 || c != i;
      if (real) places[2 * pairs + side] = b->places[c];
      int8_t *to = weights + pairs / 2 * nr * 4 + pairs % 2 * 2 + side;
      for (size_t n = 0; n < nr; ++n) to[4 * n] = real ? b->weights[c][4 * n] : 0;
    }
    ++pairs;
  }
  for (size_t n = 0; pairs % 2 && n < nr; ++n) memset(weights + pairs / 2 * nr * 4 + 4 * n + 2, 0, 2);
  return (pairs + 1) / 2;
}

static void pack_paired(size_t nr, size_t taps, size_t channels, const void *quads, void *panel) {
  const size_t groups = (channels + 3) / 4;
  const mk_blocks blocks = mk_blocks_of(taps, groups);
  const int8_t *from = (const int8_t *)quads + nr * 4;
  uint8_t *counts = (uint8_t *)panel + mk_paired_counts(nr);
  uint8_t *places = (uint8_t *)panel + mk_paired_places(nr, blocks);
  uint8_t *more_places = (uint8_t *)panel + mk_paired_more_places(nr, blocks);
  int8_t *weights = (int8_t *)panel + mk_paired_weights(nr, blocks);
  memcpy(panel, quads, nr * 4);
  for (size_t i = 0; i < blocks.count; ++i) {
    // The block's groups, flat over taps, and the byte of the block at which they start.
    const size_t in_tap = blocks.a_tap ? i % blocks.a_tap * 4 : 0;
    const size_t first = blocks.a_tap ? i / blocks.a_tap * groups + in_tap : i * 4;
    const size_t count = mk_min(4, blocks.a_tap ? groups - in_tap : taps * groups - first);
    const size_t start = blocks.a_tap ? MK_BLOCK_BYTES - count * 4 : 0;
    block b = {.count = 0};
    for (size_t j = 0; j < count * 4; ++j) {
      const size_t group = first + j / 4;
      if (group % groups * 4 + j % 4 >= channels) continue;
      b.places[b.count] = (uint8_t)(start + j);
      b.weights[b.count++] = from + group * nr * 4 + j % 4;
    }
    uint8_t all_places[MK_BLOCK_QUADS * 4];
    counts[i] = (uint8_t)pack_block(&b, nr, all_places, weights);
    memcpy(places + i * MK_BLOCK_BYTES, all_places, MK_BLOCK_BYTES);
    memcpy(more_places + i * MK_BLOCK_BYTES, all_places + MK_BLOCK_BYTES, MK_BLOCK_BYTES);
    weights += counts[i] * nr * 4;
  }
}

void mk_gemm_u8_pack(const mk_gemm_u8_kernel *kernel, size_t taps, size_t channels, const void *quads, void *panel) {
  const size_t groups = (channels + 3) / 4;
  switch (kernel->layout) {
    case MK_GEMM_U8_QUADS: memcpy(panel, quads, mk_gemm_u8_panel_bytes(kernel, taps, channels)); break;
    case MK_GEMM_U8_SIGNED: pack_signed(kernel->nr, taps, groups, quads, panel); break;
    case MK_GEMM_U8_PAIRED: pack_paired(kernel->nr, taps, channels, quads, panel); break;
  }
}
