#include "vector_functions.h"

MK_INLINE mk_vf clamp(mk_vf f, mk_vf lower, mk_vf upper) { return mk_vf_min(upper, mk_vf_max(lower, f)); }

void MK_FOR_ISA(add_f32)(size_t count, const float *a, const float *b, float lower, float upper, float *y) {
  const mk_vf l = mk_vf_set(lower), u = mk_vf_set(upper);
  size_t i = 0;
  for (; i + MK_LANES <= count; i += MK_LANES) {
    mk_vf_store(y + i, clamp(mk_vf_add(mk_vf_load(a + i), mk_vf_load(b + i)), l, u));
  }
  mk_add_f32__scalar(count - i, a + i, b + i, lower, upper, y + i);
}

void MK_FOR_ISA(multiply_f32)(size_t count, const float *a, const float *b, float lower, float upper, float *y) {
  const mk_vf l = mk_vf_set(lower), u = mk_vf_set(upper);
  size_t i = 0;
  for (; i + MK_LANES <= count; i += MK_LANES) {
    mk_vf_store(y + i, clamp(mk_vf_multiply(mk_vf_load(a + i), mk_vf_load(b + i)), l, u));
  }
  mk_multiply_f32__scalar(count - i, a + i, b + i, lower, upper, y + i);
}

void MK_FOR_ISA(clamp_f32)(size_t count, const float *x, float lower, float upper, float *y) {
  const mk_vf l = mk_vf_set(lower), u = mk_vf_set(upper);
  size_t i = 0;
  for (; i + MK_LANES <= count; i += MK_LANES) mk_vf_store(y + i, clamp(mk_vf_load(x + i), l, u));
  mk_clamp_f32__scalar(count - i, x + i, lower, upper, y + i);
}

void MK_FOR_ISA(scale_channels_f32)(size_t pixels, size_t channels, size_t x_stride, const float *x, const float *scale,
                                    const float *bias, float lower, float upper, size_t y_stride, float *y) {
  enum { BLOCK = 64 };  // pixels that are done for a few channels before the next ones are
  const mk_vf l = mk_vf_set(lower), u = mk_vf_set(upper);
  for (size_t first = 0; first < pixels; first += BLOCK) {
    const size_t end = mk_min(pixels, first + BLOCK);
    size_t c = 0;
    for (; channels - c >= 2 * MK_LANES; c += 2 * MK_LANES) {
      const mk_vf s0 = mk_vf_load(scale + c), s1 = mk_vf_load(scale + c + MK_LANES);
      const mk_vf b0 = mk_vf_load(bias + c), b1 = mk_vf_load(bias + c + MK_LANES);
      for (size_t p = first; p < end; ++p) {
        const float *from = x + p * x_stride + c;
        float *to = y + p * y_stride + c;
        mk_vf_store(to, clamp(mk_vf_fma(mk_vf_load(from), s0, b0), l, u));
        mk_vf_store(to + MK_LANES, clamp(mk_vf_fma(mk_vf_load(from + MK_LANES), s1, b1), l, u));
      }
    }
    for (; c < channels; c += MK_LANES) {
      const size_t count = mk_min(channels - c, MK_LANES);
      const mk_vf s = mk_vf_load_part(scale + c, count), b = mk_vf_load_part(bias + c, count);
      for (size_t p = first; p < end; ++p) {
        const mk_vf f = mk_vf_fma(mk_vf_load_part(x + p * x_stride + c, count), s, b);
        mk_vf_store_part(y + p * y_stride + c, clamp(f, l, u), count);
      }
    }
  }
}

void MK_FOR_ISA(range_f32)(size_t count, const float *x, float *minimum, float *maximum) {
  mk_vf least[4], greatest[4];
  MK_UNROLL for (int n = 0; n < 4; ++n) {
    least[n] = mk_vf_set(INFINITY);
    greatest[n] = mk_vf_set(-INFINITY);
  }
  size_t i = 0;
  for (; i + 4 * MK_LANES <= count; i += 4 * MK_LANES) {
    MK_UNROLL for (int n = 0; n < 4; ++n) {
      const mk_vf v = mk_vf_load(x + i + n * MK_LANES);
      least[n] = mk_vf_min(v, least[n]);
      greatest[n] = mk_vf_max(v, greatest[n]);
    }
  }
  mk_range_f32__scalar(count - i, x + i, minimum, maximum);
  const float low = mk_vf_least(mk_vf_min(mk_vf_min(least[0], least[1]), mk_vf_min(least[2], least[3])));
  const float high = mk_vf_greatest(mk_vf_max(mk_vf_max(greatest[0], greatest[1]), mk_vf_max(greatest[2], greatest[3])));
  *minimum = low < *minimum ? low : *minimum;
  *maximum = high > *maximum ? high : *maximum;
}
