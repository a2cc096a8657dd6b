#include "division.h"
#include "vector_functions.h"

void MK_FOR_ISA(quantize_u8)(size_t count, const float *x, float scale, int32_t zero_point, uint8_t *y) {
  const mk_vf lower = mk_vf_set((float)-zero_point), upper = mk_vf_set((float)(255 - zero_point));
  const mk_divisor s = mk_divisor_of(scale);
  size_t i = 0;
  for (; i + MK_LANES <= count; i += MK_LANES) {
    const mk_vf f = mk_vf_zero_if_nan(mk_vf_quotient(mk_vf_load(x + i), s));
    mk_vf_store_u8_above(y + i, mk_vf_max(mk_vf_min(f, upper), lower), zero_point);
  }
  mk_quantize_u8__scalar(count - i, x + i, scale, zero_point, y + i);
}

void MK_FOR_ISA(dequantize_u8)(size_t count, const uint8_t *x, float scale, int32_t zero_point, float *y) {
  const mk_vf s = mk_vf_set(scale);
  size_t i = 0;
  for (; i + MK_LANES <= count; i += MK_LANES) {
    mk_vf_store(y + i, mk_vf_multiply(mk_vf_load_u8_above(x + i, zero_point), s));
  }
  mk_dequantize_u8__scalar(count - i, x + i, scale, zero_point, y + i);
}

void MK_FOR_ISA(rescale_u8)(size_t count, const uint8_t *x, float scale, float offset, float lower, float upper,
                            uint8_t *y) {
  const mk_vf s = mk_vf_set(scale), o = mk_vf_set(offset), u = mk_vf_set(upper);
  const mk_vb l = mk_vb_set((uint8_t)lower);
  size_t i = 0;
  for (; i + MK_BYTES <= count; i += MK_BYTES) {
    mk_vf f[4];
    MK_UNROLL for (int n = 0; n < 4; ++n) f[n] = mk_vf_min(mk_vf_fma(mk_vf_load_u8(x + i + n * MK_LANES), s, o), u);
    mk_vf_store_u8x4(y + i, f, l);
  }
  for (; i + MK_LANES <= count; i += MK_LANES) {
    mk_vf_store_u8(y + i, mk_vf_max(mk_vf_min(mk_vf_fma(mk_vf_load_u8(x + i), s, o), u), mk_vf_set(lower)));
  }
  mk_rescale_u8__scalar(count - i, x + i, scale, offset, lower, upper, y + i);
}

void MK_FOR_ISA(add_u8)(size_t count, const uint8_t *a, const uint8_t *b, float scale_a, float scale_b, float offset,
                        float lower, float upper, uint8_t *y) {
  const mk_vf sa = mk_vf_set(scale_a), sb = mk_vf_set(scale_b), o = mk_vf_set(offset);
  const mk_vf u = mk_vf_set(upper);
  const mk_vb l = mk_vb_set((uint8_t)lower);
  size_t i = 0;
  for (; i + MK_BYTES <= count; i += MK_BYTES) {
    mk_vf f[4];
    MK_UNROLL for (int n = 0; n < 4; ++n) {
      const mk_vf part = mk_vf_fma(mk_vf_load_u8(a + i + n * MK_LANES), sa, o);
      f[n] = mk_vf_min(mk_vf_fma(mk_vf_load_u8(b + i + n * MK_LANES), sb, part), u);
    }
    mk_vf_store_u8x4(y + i, f, l);
  }
  for (; i + MK_LANES <= count; i += MK_LANES) {
    mk_vf_store_u8(y + i, mk_vf_max(mk_vf_min(mk_vf_fma(mk_vf_load_u8(b + i), sb, mk_vf_fma(mk_vf_load_u8(a + i), sa, o)), u), mk_vf_set(lower)));
  }
  mk_add_u8__scalar(count - i, a + i, b + i, scale_a, scale_b, offset, lower, upper, y + i);
}

void MK_FOR_ISA(rescale_channels_u8)(size_t pixels, size_t channels, size_t x_stride, const uint8_t *x, const float *scale,
                                     const float *offset, float lower, float upper, size_t y_stride, uint8_t *y) {
  enum { BLOCK = 64, VECTORS = 4 };  // pixels that are done for VECTORS * LANES channels before the next ones are
  const mk_vf l = mk_vf_set(lower), u = mk_vf_set(upper);
  const mk_vb least = mk_vb_set((uint8_t)lower);
  for (size_t first = 0; first < pixels; first += BLOCK) {
    const size_t end = mk_min(pixels, first + BLOCK);
    size_t c = 0;
    for (; channels - c >= VECTORS * MK_LANES; c += VECTORS * MK_LANES) {
      mk_vf s[VECTORS], o[VECTORS];
      MK_UNROLL for (int n = 0; n < VECTORS; ++n) {
        s[n] = mk_vf_load(scale + c + n * MK_LANES);
        o[n] = mk_vf_load(offset + c + n * MK_LANES);
      }
      for (size_t p = first; p < end; ++p) {
        const uint8_t *from = x + p * x_stride + c;
        uint8_t *to = y + p * y_stride + c;
        mk_vf f[VECTORS];
        MK_UNROLL for (int n = 0; n < VECTORS; ++n) {
          f[n] = mk_vf_min(mk_vf_fma(mk_vf_load_u8(from + n * MK_LANES), s[n], o[n]), u);
        }
        mk_vf_store_u8x4(to, f, least);
      }
    }
    for (; channels - c >= MK_LANES; c += MK_LANES) {
      const mk_vf s = mk_vf_load(scale + c), o = mk_vf_load(offset + c);
      for (size_t p = first; p < end; ++p) {
        const mk_vf f = mk_vf_fma(mk_vf_load_u8(x + p * x_stride + c), s, o);
        mk_vf_store_u8(y + p * y_stride + c, mk_vf_max(mk_vf_min(f, u), l));
      }
    }
    if (c < channels) {
      mk_rescale_channels_u8__scalar(end - first, channels - c, x_stride, x + first * x_stride + c, scale + c, offset + c,
                                     lower, upper, y_stride, y + first * y_stride + c);
    }
  }
}
