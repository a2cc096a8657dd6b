#include "packing.h"

// PLANAR: one block of all channels, a chunk a tap. PAIRS: two taps as int16. CROSSES: the taps of a 3x3 window as int16,
// the outer ones of each column, then two neighbours of the middle row, then nothing and its last one. QUADS: four taps as
// int8 in row-major order. COLUMNS: the three taps of a column of a 3x3 window as int8 and a zero. NARROW is in smaller
// blocks, SIGNED as well and for activations as int8.
static mk_dwconv_u8_shape shape_of(mk_dwconv_u8_layout layout) {
  switch (layout) {
    case MK_DWCONV_U8_PLANAR: break;
    case MK_DWCONV_U8_PAIRS: return (mk_dwconv_u8_shape){16, 16, 8, 2, 2, 0};
    case MK_DWCONV_U8_CROSSES: return (mk_dwconv_u8_shape){32, 16, 16, 2, 2, 0};
    case MK_DWCONV_U8_QUADS:
    case MK_DWCONV_U8_COLUMNS: return (mk_dwconv_u8_shape){64, 32, 16, 4, 1, 0};
    case MK_DWCONV_U8_NARROW_QUADS:
    case MK_DWCONV_U8_NARROW_COLUMNS: return (mk_dwconv_u8_shape){32, 16, 16, 4, 1, 0};
    case MK_DWCONV_U8_SIGNED_QUADS:
    case MK_DWCONV_U8_SIGNED_COLUMNS: return (mk_dwconv_u8_shape){16, 16, 16, 4, 1, 1};
  }
  return (mk_dwconv_u8_shape){4, 4, 4, 1, 4, 0};
}

static int is_columns(mk_dwconv_u8_layout layout) {
  return layout == MK_DWCONV_U8_COLUMNS || layout == MK_DWCONV_U8_NARROW_COLUMNS || layout == MK_DWCONV_U8_SIGNED_COLUMNS;
}

static size_t chunks_of(mk_dwconv_u8_layout layout, size_t taps) {
  const mk_dwconv_u8_shape shape = shape_of(layout);
  if (layout == MK_DWCONV_U8_CROSSES) return 5;
  return is_columns(layout) ? 3 : (taps + shape.chunk_taps - 1) / shape.chunk_taps;
}

// The tap that a chunk holds in a position, or `taps` for none.
static size_t tap_at(mk_dwconv_u8_layout layout, const mk_dwconv_u8_shape *shape, size_t chunk, size_t position,
                     size_t taps) {
  static const uint8_t crosses[5][2] = {{0, 6}, {1, 7}, {2, 8}, {3, 4}, {9, 5}};
  if (layout == MK_DWCONV_U8_CROSSES) return crosses[chunk][position];
  if (is_columns(layout)) return position < 3 ? position * 3 + chunk : taps;
  return mk_min(chunk * shape->chunk_taps + position, taps);
}

// The initial accumulator of a channel.
static int32_t start_of(const mk_dwconv_u8_shape *shape, size_t taps, size_t channels, size_t c, const int8_t *weights,
                        const int32_t *initial) {
  uint32_t sum = 0;
  for (size_t tap = 0; shape->is_signed && tap < taps; ++tap) sum += (uint32_t)(128 * weights[tap * channels + c]);
  return (int32_t)((uint32_t)initial[c] + sum);
}

size_t mk_dwconv_u8_packed_bytes(const mk_dwconv_u8_kernel *kernel, size_t taps, size_t channels) {
  const mk_dwconv_u8_shape shape = shape_of(kernel->layout);
  return mk_round_up(channels, shape.narrowest) * mk_dwconv_u8_channel_bytes(chunks_of(kernel->layout, taps));
}

static char *put(char *to, const void *value, size_t bytes) {
  if (value) {
    memcpy(to, value, bytes);
  } else {
    memset(to, 0, bytes);
  }
  return to + bytes;
}

int mk_dwconv_u8_is_bounded(size_t taps, size_t channels, const int32_t *initial, const float *scale,
                            const float *offset) {
  for (size_t c = 0; c < channels; ++c) {
    const double accumulator = fabs((double)initial[c]) + 255.0 * 128.0 * (double)taps;
    const double limit = accumulator * fabs((double)scale[c]) + fabs((double)offset[c]);
    if (!(limit < MK_BOUND)) return 0;
  }
  return 1;
}

void mk_dwconv_u8_pack(const mk_dwconv_u8_kernel *kernel, size_t taps, size_t channels, const int8_t *weights,
                       const int32_t *initial, const float *scale, const float *offset, void *packed) {
  const mk_dwconv_u8_shape shape = shape_of(kernel->layout);
  const size_t chunks = chunks_of(kernel->layout, taps);
  char *to = packed;
  size_t width;
  for (size_t first = 0; first < channels; first += width) {
    width = mk_dwconv_u8_block(channels - first, shape.widest, shape.narrowest);
    // Four 32-bit values at a time: `position` counts them over the vectors of the block.
    for (size_t part = 0; part < chunks + 3; ++part) {
      for (size_t position = 0; position < width; ++position) {
        const size_t lanes = width / shape.lane_channels;
        const size_t vector = position / (4 * lanes), lane = position / 4 % lanes;
        const size_t c = first + lane * shape.lane_channels + vector * 4 + position % 4;
        const int real = c < channels;
        if (part == chunks) {
          const int32_t start = real ? start_of(&shape, taps, channels, c, weights, initial) : 0;
          to = put(to, &start, 4);
        }
        if (part == chunks + 1) to = put(to, real ? &scale[c] : NULL, 4);
        if (part == chunks + 2) to = put(to, real ? &offset[c] : NULL, 4);
        for (size_t t = 0; part < chunks && t < shape.chunk_taps; ++t) {
          const size_t tap = tap_at(kernel->layout, &shape, part, t, taps);
          // Little-endian two's complement: the first bytes of a wide value are those of a narrow one.
          const int32_t value = real && tap < taps ? weights[tap * channels + c] : 0;
          to = put(to, &value, shape.weight_bytes);
        }
      }
    }
  }
}

size_t mk_dwconv_u8_scratch_bytes(const mk_geometry *geometry, size_t channels) {
  const size_t taps = mk_round_up(geometry->kernel_height * geometry->kernel_width, 4);
  return mk_round_up(mk_round_up(channels, 64) + taps * sizeof(void *), 64);
}
