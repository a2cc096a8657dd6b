#include "packing.h"

size_t mk_gemm_u8_panel_bytes(const mk_gemm_u8_kernel *kernel, size_t taps, size_t channels) {
  const size_t nr = kernel->nr, groups = (channels + 3) / 4;
  if (kernel->layout == MK_GEMM_U8_WORDS) return mk_words_weights(nr) + taps * ((channels + 1) / 2) * nr * 4;
  if (kernel->layout != MK_GEMM_U8_PAIRED) return nr * 4 + taps * groups * nr * 4;
  // At worst every pair of a block leaves a rest.
  const size_t rests = taps * mk_blocks_a_tap(groups) * MK_BLOCK_BYTES / 4;
  return mk_round_up(mk_paired_rests(nr, taps, groups) + rests * mk_rest_bytes(nr), 32);
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

static void pack_words(size_t nr, size_t taps, size_t channels, const void *quads, void *panel) {
  const size_t groups = (channels + 3) / 4;
  const uint32_t pairs = (uint32_t)((channels + 1) / 2);
  memset(panel, 0, mk_words_weights(nr));
  memcpy(panel, quads, nr * 4);
  memcpy((char *)panel + mk_words_pairs(nr), &pairs, sizeof pairs);
  const int8_t *from = (const int8_t *)quads + nr * 4;
  int16_t *to = (int16_t *)((char *)panel + mk_words_weights(nr));
  for (size_t tap = 0; tap < taps; ++tap, from += groups * nr * 4) {
    for (size_t pair = 0; pair < pairs; ++pair) {
      const int8_t *w = from + pair / 2 * nr * 4 + pair % 2 * 2;
      for (size_t n = 0; n < nr; ++n, w += 4) {
        *to++ = w[0];
        *to++ = w[1];
      }
    }
  }
}

enum { MAX_NR = 32 };

// The channels of a block.
typedef struct block {
  uint32_t tap;
  size_t count;                           // of channels
  uint32_t channels[MK_BLOCK_BYTES];
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

// Gives channels that are still alone any partner that is alone as well.
static void match_others(const block *b, size_t partner[MK_BLOCK_BYTES]) {
  size_t waiting = MK_BLOCK_BYTES;
  for (size_t i = 0; i < b->count; ++i) {
    if (partner[i] != i) continue;
    if (waiting == MK_BLOCK_BYTES) {
      waiting = i;
      continue;
    }
    partner[i] = waiting;
    partner[waiting] = i;
    waiting = MK_BLOCK_BYTES;
  }
}

// The rests of a panel.
typedef struct rests {
  char *to;
  size_t nr, channels;  // channels that have been added
} rests;

// The part of weight b that, beside a weight a, is small enough.
static int8_t beside(int8_t a, int8_t b) {
  if (a > 0 && b > 128 - a) return (int8_t)(128 - a);
  if (a < 0 && b < -128 - a) return (int8_t)(-128 - a);
  return b;
}

static void add_rest(rests *all, uint32_t tap, uint32_t channel, const int8_t *weights, const int8_t *partner) {
  char *to = all->to + all->channels / 2 * mk_rest_bytes(all->nr);
  const size_t side = all->channels++ % 2;
  mk_rest rest = {{tap, tap}, {channel, channel}};
  if (side) memcpy(&rest, to, sizeof rest);
  rest.tap[side] = tap;
  rest.channel[side] = channel;
  memcpy(to, &rest, sizeof rest);
  int16_t *w = (int16_t *)(to + sizeof rest);
  for (size_t n = 0; n < all->nr; ++n) {
    w[2 * n + side] = (int16_t)(weights[4 * n] - beside(partner[4 * n], weights[4 * n]));
    if (!side) w[2 * n + 1] = 0;
  }
}

// Writes the places and the weights of a block.
static void pack_block(block *b, size_t nr, uint8_t places[MK_BLOCK_BYTES], int8_t *weights, rests *all) {
  size_t partner[MK_BLOCK_BYTES];
  find_friends(b, nr);
  match(b, partner);
  match_others(b, partner);
  memset(places, 0x80, MK_BLOCK_BYTES);
  size_t pairs = 0;
  for (size_t i = 0; i < b->count; ++i) {
    const size_t j = partner[i];
    if (j < i) continue;
    const int8_t *first = b->weights[i], *second = b->weights[j];
    int8_t *to = weights + pairs / 2 * nr * 4 + pairs % 2 * 2;
    places[2 * pairs] = b->places[i];
    for (size_t n = 0; n < nr; ++n) to[4 * n] = first[4 * n];
    if (j != i) {
      places[2 * pairs + 1] = b->places[j];
      for (size_t n = 0; n < nr; ++n) to[4 * n + 1] = beside(first[4 * n], second[4 * n]);
      if (!(b->friends[i] >> j & 1)) add_rest(all, b->tap, b->channels[j], second, first);
    }
    ++pairs;
  }
}

static void pack_paired(size_t nr, size_t taps, size_t channels, const void *quads, void *panel) {
  const size_t groups = (channels + 3) / 4;
  const int8_t *from = (const int8_t *)quads + nr * 4;
  memset(panel, 0, mk_paired_rests(nr, taps, groups));
  memcpy(panel, quads, nr * 4);
  uint8_t *places = (uint8_t *)panel + mk_paired_places(nr);
  int8_t *weights = (int8_t *)panel + mk_paired_weights(nr, taps, groups);
  rests all = {(char *)panel + mk_paired_rests(nr, taps, groups), nr, 0};
  for (size_t tap = 0; tap < taps; ++tap) {
    for (size_t group = 0; group < groups; group += 4, places += MK_BLOCK_BYTES) {
      const size_t count = mk_min(4, groups - group), start = groups < 4 ? 0 : MK_BLOCK_BYTES - count * 4;
      block b = {.tap = (uint32_t)tap, .count = mk_min(count * 4, channels - group * 4)};
      for (size_t i = 0; i < b.count; ++i) {
        b.places[i] = (uint8_t)(start + i);
        b.channels[i] = (uint32_t)(group * 4 + i);
        b.weights[i] = from + i / 4 * nr * 4 + i % 4;
      }
      pack_block(&b, nr, places, weights, &all);
      from += count * nr * 4;
      weights += count * nr * 4;
    }
  }
  const uint32_t count = (uint32_t)((all.channels + 1) / 2);
  memcpy((char *)panel + mk_paired_count(nr), &count, sizeof count);
}

void mk_gemm_u8_pack(const mk_gemm_u8_kernel *kernel, size_t taps, size_t channels, const void *quads, void *panel) {
  const size_t groups = (channels + 3) / 4;
  switch (kernel->layout) {
    case MK_GEMM_U8_QUADS: memcpy(panel, quads, mk_gemm_u8_panel_bytes(kernel, taps, channels)); break;
    case MK_GEMM_U8_SIGNED: pack_signed(kernel->nr, taps, groups, quads, panel); break;
    case MK_GEMM_U8_WORDS: pack_words(kernel->nr, taps, channels, quads, panel); break;
    case MK_GEMM_U8_PAIRED: pack_paired(kernel->nr, taps, channels, quads, panel); break;
  }
}
