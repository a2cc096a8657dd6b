#include "vector_functions.h"

void MK_FOR_ISA(lrn_f32)(size_t pixels, size_t channels, size_t stride, const float *x, size_t size, float alpha, float beta,
                         float bias, float *y) {
  if (beta != 0.75f && beta != 0.5f) {
    mk_lrn_f32__scalar(pixels, channels, stride, x, size, alpha, beta, bias, y);
    return;
  }
  const size_t before = (size - 1) / 2;
  const mk_vf factor = mk_vf_set(alpha / (float)size), base = mk_vf_set(bias);
  for (size_t p = 0; p < pixels; ++p, x += stride, y += stride) {
    for (size_t c = 0; c < channels; c += MK_LANES) {
      // Neighbours outside of the channels count as zeros, which leave the sum as it is.
      mk_vf sum = mk_vf_set(0.0f);
      for (size_t i = 0; i < size; ++i) {
        const mk_vf v = mk_vf_load_inside(x, (ptrdiff_t)(c + i) - (ptrdiff_t)before, channels);
        sum = mk_vf_fma(v, v, sum);
      }
      const mk_vf d = mk_vf_fma(factor, sum, base), root = mk_vf_sqrt(d);
      const mk_vf power = beta == 0.75f ? mk_vf_multiply(root, mk_vf_sqrt(root)) : root;
      const size_t count = mk_min(channels - c, MK_LANES);
      mk_vf_store_part(y + c, mk_vf_divide(mk_vf_load_part(x + c, count), power), count);
    }
  }
}
