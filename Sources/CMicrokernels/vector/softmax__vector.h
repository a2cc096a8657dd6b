#include "exponential.h"
#include "vector_functions.h"

void MK_FOR_ISA(softmax_f32)(size_t count, const float *x, float *y) {
  float least, greatest;
  MK_FOR_ISA(range_f32)(count, x, &least, &greatest);
  const mk_vf top = mk_vf_set(-greatest);
  double sum = 0;
  for (size_t i = 0; i < count; i += MK_LANES) {
    const size_t part = mk_min(count - i, MK_LANES);
    float e[MK_LANES];
    mk_vf_store(e, exponential(mk_vf_add(mk_vf_load_part(x + i, part), top)));
    for (size_t j = 0; j < part; ++j) sum += (double)e[j];
    memcpy(y + i, e, part * sizeof(float));
  }
  const mk_vf factor = mk_vf_set((float)(1.0 / sum));
  for (size_t i = 0; i < count; i += MK_LANES) {
    const size_t part = mk_min(count - i, MK_LANES);
    mk_vf_store_part(y + i, mk_vf_multiply(mk_vf_load_part(y + i, part), factor), part);
  }
}
