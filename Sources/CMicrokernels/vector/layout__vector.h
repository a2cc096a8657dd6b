#include "vector_functions.h"

enum { MK_TILE = 16 };  // pixels and channels that are transposed while they are in cache

void MK_FOR_ISA(planes_to_pixels_f32)(size_t pixels, size_t channels, const float *x, size_t stride, float *y) {
  for (size_t p = 0; p < pixels; p += MK_TILE) {
    const size_t end = mk_min(p + MK_TILE, pixels);
    for (size_t c = 0; c < channels; ++c) {
      for (size_t i = p; i < end; ++i) y[i * stride + c] = x[c * pixels + i];
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

MK_INLINE mk_vf quantized(const float *x, mk_vf scale, mk_vf lower, mk_vf upper) {
  return mk_vf_max(mk_vf_min(mk_vf_zero_if_nan(mk_vf_divide(mk_vf_load(x), scale)), upper), lower);
}

// Colour images, four bytes a pixel. Returns the pixels done; the last one, whose fourth byte may not exist, is left.
MK_INLINE size_t colours_to_pixels(size_t pixels, const float *x, float scale, int32_t zero_point, uint8_t *y) {
  const mk_vf s = mk_vf_set(scale), lower = mk_vf_set((float)-zero_point), upper = mk_vf_set((float)(255 - zero_point));
  size_t p = 0;
  for (; p + MK_LANES < pixels; p += MK_LANES) {
    const mk_vf a = quantized(x + p, s, lower, upper), b = quantized(x + pixels + p, s, lower, upper);
    mk_vf_store_pixels3(y + 4 * p, a, b, quantized(x + 2 * pixels + p, s, lower, upper), zero_point);
  }
  return p;
}

void MK_FOR_ISA(planes_to_pixels_u8)(size_t pixels, size_t channels, const float *x, float scale, int32_t zero_point,
                                     size_t stride, uint8_t *y) {
  enum { TILE = 256 };
  uint8_t bytes[TILE];
  size_t p = channels == 3 && stride == 4 ? colours_to_pixels(pixels, x, scale, zero_point, y) : 0;
  for (; p < pixels; p += TILE) {
    const size_t count = mk_min(pixels - p, TILE);
    for (size_t c = 0; c < channels; ++c) {
      MK_FOR_ISA(quantize_u8)(count, x + c * pixels + p, scale, zero_point, bytes);
      uint8_t *to = y + p * stride + c;
      for (size_t i = 0; i < count; ++i, to += stride) *to = bytes[i];
    }
  }
}
