#include "../common/arithmetic.h"
#include "vector_functions.h"

void mk_quantize_u8__scalar(size_t count, const float *x, float scale, int32_t zero_point, uint8_t *y) {
  for (size_t i = 0; i < count; ++i) y[i] = mk_quantize_u8(x[i], scale, zero_point);
}

void mk_dequantize_u8__scalar(size_t count, const uint8_t *x, float scale, int32_t zero_point, float *y) {
  for (size_t i = 0; i < count; ++i) y[i] = (float)(x[i] - zero_point) * scale;
}

void mk_rescale_u8__scalar(size_t count, const uint8_t *x, float scale, float offset, float lower, float upper,
                           uint8_t *y) {
  for (size_t i = 0; i < count; ++i) y[i] = mk_round_u8(fmaf((float)x[i], scale, offset), lower, upper);
}

void mk_add_u8__scalar(size_t count, const uint8_t *a, const uint8_t *b, float scale_a, float scale_b, float offset,
                       float lower, float upper, uint8_t *y) {
  for (size_t i = 0; i < count; ++i) {
    y[i] = mk_round_u8(fmaf((float)b[i], scale_b, fmaf((float)a[i], scale_a, offset)), lower, upper);
  }
}

void mk_rescale_channels_u8__scalar(size_t pixels, size_t channels, size_t x_stride, const uint8_t *x, const float *scale,
                                    const float *offset, float lower, float upper, size_t y_stride, uint8_t *y) {
  for (size_t p = 0; p < pixels; ++p, x += x_stride, y += y_stride) {
    for (size_t c = 0; c < channels; ++c) y[c] = mk_round_u8(fmaf((float)x[c], scale[c], offset[c]), lower, upper);
  }
}
