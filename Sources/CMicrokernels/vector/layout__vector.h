#include "division.h"
#include "vector_functions.h"

enum { MK_TILE = 16 };  // pixels and channels that are transposed while they are in cache

// Which lane of its plane stands where in three vectors of colour pixels; -1 where another plane's stands.
#define MK_COLOUR(c, i) ((i) % 3 == (c) ? (i) / 3 : -1)
#define MK_COLOURS4(c, i) MK_COLOUR(c, i), MK_COLOUR(c, (i) + 1), MK_COLOUR(c, (i) + 2), MK_COLOUR(c, (i) + 3)
#define MK_COLOURS16(c, i) MK_COLOURS4(c, i), MK_COLOURS4(c, (i) + 4), MK_COLOURS4(c, (i) + 8), MK_COLOURS4(c, (i) + 12)
#define MK_COLOURS48(c) {MK_COLOURS16(c, 0), MK_COLOURS16(c, 16), MK_COLOURS16(c, 32)}
static const int32_t colour_lanes[3][48] = {MK_COLOURS48(0), MK_COLOURS48(1), MK_COLOURS48(2)};

// Colour images without gaps. Returns the pixels done.
MK_INLINE size_t interleave_colours(size_t pixels, size_t plane, const float *x, float *y) {
  size_t p = 0;
  for (; p + MK_LANES <= pixels; p += MK_LANES) {
    mk_vf planes[3];
    MK_UNROLL for (int c = 0; c < 3; ++c) planes[c] = mk_vf_load(x + (size_t)c * plane + p);
    MK_UNROLL for (int n = 0; n < 3; ++n) {
      mk_vf v = planes[0];
      MK_UNROLL for (int c = 0; c < 3; ++c) v = mk_vf_pick(v, planes[c], colour_lanes[c] + n * MK_LANES);
      mk_vf_store(y + 3 * p + (size_t)n * MK_LANES, v);
    }
  }
  return p;
}

void MK_FOR_ISA(planes_to_pixels_f32)(size_t pixels, size_t channels, size_t plane, const float *x, size_t stride,
                                      float *y) {
  size_t p = channels == 3 && stride == 3 ? interleave_colours(pixels, plane, x, y) : 0;
  for (; p < pixels; p += MK_TILE) {
    const size_t end = mk_min(p + MK_TILE, pixels);
    for (size_t c = 0; c < channels; ++c) {
      for (size_t i = p; i < end; ++i) y[i * stride + c] = x[c * plane + i];
    }
  }
}

void MK_FOR_ISA(pixels_to_planes_f32)(size_t pixels, size_t channels, size_t stride, const float *x, float *y) {
  for (size_t c = 0; c < channels; c += MK_TILE) {
    const size_t end = mk_min(c + MK_TILE, channels);
    for (size_t p = 0; p < pixels; ++p) {
      for (size_t i = c; i < end; ++i) y[i * pixels + p] = x[p * stride + i];
    }
  }
}

MK_INLINE mk_vf quantized(const float *x, mk_divisor scale, mk_vf lower, mk_vf upper) {
  return mk_vf_max(mk_vf_min(mk_vf_zero_if_nan(mk_vf_quotient(mk_vf_load(x), scale)), upper), lower);
}

// Colour images with three or four bytes a pixel, a fourth one being left as it is. Returns the pixels done; of the last
// one the byte behind it may not exist.
MK_INLINE size_t colours_to_pixels(size_t pixels, size_t plane, const float *x, float scale, int32_t zero_point,
                                   const int stride, uint8_t *y) {
  const mk_vf lower = mk_vf_set((float)-zero_point), upper = mk_vf_set((float)(255 - zero_point));
  const mk_divisor s = mk_divisor_of(scale);
  uint8_t quads[4 * MK_LANES] = {0};
  if (pixels <= MK_LANES) return 0;
  const size_t done = pixels - 1;
  for (size_t step = 0; step < done; step += MK_LANES) {
    const size_t p = mk_min(step, done - MK_LANES);  // the last vector overlaps the one before
    const mk_vf a = quantized(x + p, s, lower, upper), b = quantized(x + plane + p, s, lower, upper);
    const mk_vf c = quantized(x + 2 * plane + p, s, lower, upper);
    if (stride == 4) {
      mk_vf_store_pixels3(y + 4 * p, a, b, c, zero_point);
    } else {
      mk_vf_store_pixels3(quads, a, b, c, zero_point);
      // Each pixel is written over the fourth byte of the one before.
      MK_UNROLL for (size_t i = 0; i < MK_LANES; ++i) memcpy(y + 3 * (p + i), quads + 4 * i, 4);
    }
  }
  return done;
}

void MK_FOR_ISA(planes_to_pixels_u8)(size_t pixels, size_t channels, size_t plane, const float *x, float scale,
                                     int32_t zero_point, size_t stride, uint8_t *y) {
  enum { TILE = 256 };
  uint8_t bytes[TILE];
  size_t p = 0;
  if (channels == 3 && stride == 3) p = colours_to_pixels(pixels, plane, x, scale, zero_point, 3, y);
  if (channels == 3 && stride == 4) p = colours_to_pixels(pixels, plane, x, scale, zero_point, 4, y);
  for (; p < pixels; p += TILE) {
    const size_t count = mk_min(pixels - p, TILE);
    for (size_t c = 0; c < channels; ++c) {
      MK_FOR_ISA(quantize_u8)(count, x + c * plane + p, scale, zero_point, bytes);
      uint8_t *to = y + p * stride + c;
      for (size_t i = 0; i < count; ++i, to += stride) *to = bytes[i];
    }
  }
}
