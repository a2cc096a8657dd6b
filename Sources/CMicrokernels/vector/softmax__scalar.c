#include "../common/arithmetic.h"
#include "vector_functions.h"

void mk_softmax_f32__scalar(size_t count, const float *x, float *y) {
  float greatest = -INFINITY;
  for (size_t i = 0; i < count; ++i) greatest = x[i] > greatest ? x[i] : greatest;
  double sum = 0;
  for (size_t i = 0; i < count; ++i) {
    y[i] = expf(x[i] - greatest);
    sum += (double)y[i];
  }
  const float factor = (float)(1.0 / sum);
  for (size_t i = 0; i < count; ++i) y[i] *= factor;
}
