#include "vector_functions.h"

void MK_FOR_ISA(sum_pixels_u8)(size_t pixels, size_t channels, size_t stride, const uint8_t *x, uint32_t *sums) {
  enum { VECTORS = 4 };
  size_t c = 0;
  for (; channels - c >= VECTORS * MK_LANES; c += VECTORS * MK_LANES) {
    mk_vi sum[VECTORS];
    MK_UNROLL for (int n = 0; n < VECTORS; ++n) sum[n] = mk_vi_set(0);
    for (size_t p = 0; p < pixels; ++p) {
      MK_UNROLL for (int n = 0; n < VECTORS; ++n) sum[n] = mk_vi_add_u8(sum[n], x + p * stride + c + n * MK_LANES);
    }
    MK_UNROLL for (int n = 0; n < VECTORS; ++n) mk_vi_store(sums + c + n * MK_LANES, sum[n]);
  }
  mk_sum_pixels_u8__scalar(pixels, channels - c, stride, x + c, sums + c);
}

void MK_FOR_ISA(means_of_sums)(size_t count, const double *sums, double pixels, float scale, int32_t zero_point,
                               float *y) {
  const double zero = (double)zero_point, factor = (double)scale;
  for (size_t i = 0; i < count; ++i) y[i] = (float)((sums[i] / pixels - zero) * factor);
}

void MK_FOR_ISA(mean_pixels_f32)(size_t pixels, size_t channels, size_t stride, const float *x, float *means) {
  enum { BLOCK = 32 };  // channels whose sums stay in registers
  size_t c = 0;
  for (; channels - c >= BLOCK; c += BLOCK) {
    double sum[BLOCK] = {0};
    for (size_t p = 0; p < pixels; ++p) {
      MK_UNROLL for (int i = 0; i < BLOCK; ++i) sum[i] += (double)x[p * stride + c + (size_t)i];
    }
    for (int i = 0; i < BLOCK; ++i) means[c + (size_t)i] = (float)(sum[i] / (double)pixels);
  }
  mk_mean_pixels_f32__scalar(pixels, channels - c, stride, x + c, means + c);
}

// The channels of one vector over at most MK_SUM_BLOCK pixels, added to what is there.
MK_INLINE void sum_channel_block(size_t pixels, size_t stride, const float *x, size_t count, const int whole, mk_vf lower,
                                 mk_vf upper, mk_vf above, size_t c, const mk_channel_sums *sums) {
  const mk_vf zero = mk_vf_set(0.0f), one = mk_vf_set(1.0f), minus_one = mk_vf_set(-1.0f);
  mk_vf least = mk_vf_set(INFINITY), greatest = mk_vf_set(-INFINITY), sum = zero, squares = zero, inside = zero;
  for (size_t p = 0; p < pixels; ++p, x += stride) {
    const mk_vf v = whole ? mk_vf_load(x) : mk_vf_load_part(x, count);
    const mk_vf f = mk_vf_min(upper, mk_vf_max(lower, v));
    least = mk_vf_min(v, least);
    greatest = mk_vf_max(v, greatest);
    sum = mk_vf_add(sum, f);
    squares = mk_vf_fma(f, f, squares);
    inside = mk_vf_add(inside, mk_vf_zero_if_below(one, v, above));
    inside = mk_vf_fma(minus_one, mk_vf_zero_if_below(one, v, upper), inside);
  }
  float parts[5][MK_LANES];
  mk_vf_store(parts[0], least);
  mk_vf_store(parts[1], greatest);
  mk_vf_store(parts[2], sum);
  mk_vf_store(parts[3], squares);
  mk_vf_store(parts[4], inside);
  for (size_t i = 0; i < count; ++i) {
    sums->least[c + i] = parts[0][i] < sums->least[c + i] ? parts[0][i] : sums->least[c + i];
    sums->greatest[c + i] = parts[1][i] > sums->greatest[c + i] ? parts[1][i] : sums->greatest[c + i];
    sums->sum[c + i] += (double)parts[2][i];
    sums->squares[c + i] += (double)parts[3][i];
    sums->inside[c + i] += (double)parts[4][i];
  }
}

void MK_FOR_ISA(sum_channels_f32)(size_t pixels, size_t channels, size_t stride, const float *x, float lower, float upper,
                                  const mk_channel_sums *sums) {
  const mk_vf l = mk_vf_set(lower), u = mk_vf_set(upper), above = mk_vf_set(nextafterf(lower, INFINITY));
  for (size_t c = 0; c < channels; ++c) {
    sums->least[c] = INFINITY;
    sums->greatest[c] = -INFINITY;
    sums->sum[c] = sums->squares[c] = sums->inside[c] = 0;
  }
  // Some pixels at a time, so that they are read from memory once for all channels.
  for (size_t first = 0; first < pixels; first += MK_SUM_BLOCK) {
    const size_t count = mk_min(MK_SUM_BLOCK, pixels - first);
    const float *block = x + first * stride;
    size_t c = 0;
    for (; channels - c >= MK_LANES; c += MK_LANES) {
      sum_channel_block(count, stride, block + c, MK_LANES, 1, l, u, above, c, sums);
    }
    if (c < channels) sum_channel_block(count, stride, block + c, channels - c, 0, l, u, above, c, sums);
  }
}
