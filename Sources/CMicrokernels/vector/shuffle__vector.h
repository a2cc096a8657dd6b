// Each vector of the output is put together from one vector of each group of the input. Output channel c comes from group
// c % groups, so in a vector that starts at channel `start` the first one from group g has lane (g - start) mod groups,
// and the others follow at distances of `groups`: which lane goes where depends on that first lane alone.
#include "vector_functions.h"

enum { BYTES = 16, MAX_GROUPS = 16, BLOCK = 32 };  // BLOCK pixels are done for one vector before the next one is

/// For each group, where its vector begins in a pixel, and the first lane that it gives.
MK_INLINE void find_sources(size_t start, size_t width, size_t groups, size_t *sources, size_t *first_lanes) {
  for (size_t g = 0; g < groups; ++g) {
    first_lanes[g] = (g + groups - start % groups) % groups;
    sources[g] = g * width + (start + first_lanes[g]) / groups;
  }
}

// Loads may reach into the next pixel.
MK_INLINE void shuffle_bytes(size_t pixels, size_t channels, size_t groups, size_t x_stride, const uint8_t *x,
                             size_t y_stride, uint8_t *y) {
  uint8_t lanes[MAX_GROUPS][BYTES];
  for (size_t first = 0; first < groups; ++first) {
    for (size_t i = 0; i < BYTES; ++i) {
      lanes[first][i] = i >= first && (i - first) % groups == 0 ? (uint8_t)((i - first) / groups) : 0x80;
    }
  }
  for (size_t begin = 0; begin < pixels; begin += BLOCK) {
    const size_t end = mk_min(pixels, begin + BLOCK);
    for (size_t step = 0; step < channels; step += BYTES) {
      const size_t start = mk_min(step, channels - BYTES);
      size_t sources[MAX_GROUPS], first_lanes[MAX_GROUPS];
      mk_vq order[MAX_GROUPS];
      find_sources(start, channels / groups, groups, sources, first_lanes);
      for (size_t g = 0; g < groups; ++g) order[g] = mk_vq_load(lanes[first_lanes[g]]);
      for (size_t p = begin; p < end; ++p) {
        const uint8_t *pixel = x + p * x_stride;
        mk_vq result = mk_vq_zero();
        for (size_t g = 0; g < groups; ++g) {
          result = mk_vq_or(result, mk_vq_shuffle(mk_vq_load(pixel + sources[g]), order[g]));
        }
        mk_vq_store(y + p * y_stride + start, result);
      }
    }
  }
}

MK_INLINE void shuffle_floats(size_t pixels, size_t channels, size_t groups, size_t x_stride, const float *x,
                              size_t y_stride, float *y) {
  int32_t lanes[MAX_GROUPS][MK_LANES];
  for (size_t first = 0; first < groups; ++first) {
    for (size_t i = 0; i < MK_LANES; ++i) {
      lanes[first][i] = i >= first && (i - first) % groups == 0 ? (int32_t)((i - first) / groups) : -1;
    }
  }
  for (size_t begin = 0; begin < pixels; begin += BLOCK) {
    const size_t end = mk_min(pixels, begin + BLOCK);
    for (size_t step = 0; step < channels; step += MK_LANES) {
      const size_t start = mk_min(step, channels - MK_LANES);
      size_t sources[MAX_GROUPS], first_lanes[MAX_GROUPS];
      find_sources(start, channels / groups, groups, sources, first_lanes);
      for (size_t p = begin; p < end; ++p) {
        const float *pixel = x + p * x_stride;
        mk_vf result = mk_vf_set(0.0f);
        for (size_t g = 0; g < groups; ++g) {
          result = mk_vf_pick(result, mk_vf_load(pixel + sources[g]), lanes[first_lanes[g]]);
        }
        mk_vf_store(y + p * y_stride + start, result);
      }
    }
  }
}

// Four groups: 16 channels of each are interleaved at once. The last ones begin early enough to be 16.
MK_INLINE void interleave_bytes(size_t pixels, size_t width, size_t x_stride, const uint8_t *x, size_t y_stride, uint8_t *y) {
  for (size_t p = 0; p < pixels; ++p, x += x_stride, y += y_stride) {
    for (size_t step = 0; step < width; step += BYTES) {
      const size_t j = mk_min(step, width - BYTES);
      mk_vq group[4];
      MK_UNROLL for (size_t g = 0; g < 4; ++g) group[g] = mk_vq_load(x + g * width + j);
      const mk_vq low01 = mk_vq_zip_low8(group[0], group[1]), high01 = mk_vq_zip_high8(group[0], group[1]);
      const mk_vq low23 = mk_vq_zip_low8(group[2], group[3]), high23 = mk_vq_zip_high8(group[2], group[3]);
      mk_vq_store(y + 4 * j, mk_vq_zip_low16(low01, low23));
      mk_vq_store(y + 4 * j + BYTES, mk_vq_zip_high16(low01, low23));
      mk_vq_store(y + 4 * j + 2 * BYTES, mk_vq_zip_low16(high01, high23));
      mk_vq_store(y + 4 * j + 3 * BYTES, mk_vq_zip_high16(high01, high23));
    }
  }
}

void MK_FOR_ISA(shuffle_channels_u8)(size_t pixels, size_t channels, size_t groups, size_t x_stride, const uint8_t *x,
                                     size_t y_stride, uint8_t *y) {
  if (groups > MAX_GROUPS || channels < BYTES || pixels == 0) {
    mk_shuffle_channels_u8__scalar(pixels, channels, groups, x_stride, x, y_stride, y);
    return;
  }
  if (groups == 4 && channels >= 4 * BYTES) {
    interleave_bytes(pixels, channels / groups, x_stride, x, y_stride, y);
    return;
  }
  const size_t last = pixels - 1;
  switch (groups) {
    case 2: shuffle_bytes(last, channels, 2, x_stride, x, y_stride, y); break;
    case 3: shuffle_bytes(last, channels, 3, x_stride, x, y_stride, y); break;
    case 4: shuffle_bytes(last, channels, 4, x_stride, x, y_stride, y); break;
    default: shuffle_bytes(last, channels, groups, x_stride, x, y_stride, y);
  }
  mk_shuffle_channels_u8__scalar(1, channels, groups, x_stride, x + last * x_stride, y_stride, y + last * y_stride);
}

void MK_FOR_ISA(shuffle_channels_f32)(size_t pixels, size_t channels, size_t groups, size_t x_stride, const float *x,
                                      size_t y_stride, float *y) {
  if (groups > MAX_GROUPS || channels < MK_LANES || pixels == 0) {
    mk_shuffle_channels_f32__scalar(pixels, channels, groups, x_stride, x, y_stride, y);
    return;
  }
  const size_t last = pixels - 1;
  switch (groups) {
    case 2: shuffle_floats(last, channels, 2, x_stride, x, y_stride, y); break;
    case 3: shuffle_floats(last, channels, 3, x_stride, x, y_stride, y); break;
    case 4: shuffle_floats(last, channels, 4, x_stride, x, y_stride, y); break;
    default: shuffle_floats(last, channels, groups, x_stride, x, y_stride, y);
  }
  mk_shuffle_channels_f32__scalar(1, channels, groups, x_stride, x + last * x_stride, y_stride, y + last * y_stride);
}
