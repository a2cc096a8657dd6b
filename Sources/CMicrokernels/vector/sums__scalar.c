#include "../common/arithmetic.h"
#include "vector_functions.h"

void mk_sum_pixels_u8__scalar(size_t pixels, size_t channels, size_t stride, const uint8_t *x, uint32_t *sums) {
  memset(sums, 0, channels * sizeof *sums);
  for (size_t p = 0; p < pixels; ++p, x += stride) {
    for (size_t c = 0; c < channels; ++c) sums[c] += x[c];
  }
}

void mk_means_of_sums__scalar(size_t count, const double *sums, double pixels, float scale, int32_t zero_point,
                              float *y) {
  const double zero = (double)zero_point, factor = (double)scale;
  for (size_t i = 0; i < count; ++i) y[i] = (float)((sums[i] / pixels - zero) * factor);
}

void mk_mean_pixels_f32__scalar(size_t pixels, size_t channels, size_t stride, const float *x, float *means) {
  for (size_t c = 0; c < channels; ++c) {
    double sum = 0;
    for (size_t p = 0; p < pixels; ++p) sum += (double)x[p * stride + c];
    means[c] = (float)(sum / (double)pixels);
  }
}

void mk_sum_channels_f32__scalar(size_t pixels, size_t channels, size_t stride, const float *x, float lower, float upper,
                                 const mk_channel_sums *sums) {
  for (size_t c = 0; c < channels; ++c) {
    float least = INFINITY, greatest = -INFINITY;
    double sum = 0, squares = 0, inside = 0;
    for (size_t first = 0; first < pixels; first += MK_SUM_BLOCK) {
      float part = 0, part_squares = 0;
      for (size_t p = first; p < mk_min(first + MK_SUM_BLOCK, pixels); ++p) {
        const float v = x[p * stride + c], f = mk_clamp(v, lower, upper);
        least = v < least ? v : least;
        greatest = v > greatest ? v : greatest;
        part += f;
        part_squares = fmaf(f, f, part_squares);
        inside += v > lower && v < upper;
      }
      sum += (double)part;
      squares += (double)part_squares;
    }
    sums->least[c] = least;
    sums->greatest[c] = greatest;
    sums->sum[c] = sum;
    sums->squares[c] = squares;
    sums->inside[c] = inside;
  }
}
