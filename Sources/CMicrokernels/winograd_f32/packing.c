#include "../common/arithmetic.h"
#include "CMicrokernels.h"

// Multiplies three weights with the matrix G of a tile; the results lie `step` apart.
static void transform_weights(size_t tile, double a, double b, double c, double *to, size_t step) {
  if (tile == 4) {
    to[0] = a / 4;
    to[step] = -(a + b + c) / 6;
    to[2 * step] = -(a - b + c) / 6;
    to[3 * step] = a / 24 + b / 12 + c / 6;
    to[4 * step] = a / 24 - b / 12 + c / 6;
    to[5 * step] = c;
  } else {
    to[0] = a;
    to[step] = (a + b + c) / 2;
    to[2 * step] = (a - b + c) / 2;
    to[3 * step] = c;
  }
}

size_t mk_winograd_f32_packed_floats(size_t tile, size_t nr, size_t channels, size_t columns) {
  return (tile + 2) * (tile + 2) * ((columns + nr - 1) / nr) * nr * (1 + channels);
}

void mk_winograd_f32_pack(size_t tile, size_t nr, size_t channels, size_t columns, const float *weights, float *packed) {
  const size_t side = tile + 2, panel = nr * (1 + channels), position = (columns + nr - 1) / nr * panel;
  memset(packed, 0, side * side * position * sizeof(float));
  for (size_t n = 0; n < columns; ++n) {
    for (size_t k = 0; k < channels; ++k) {
      const float *w = weights + (n * channels + k) * 9;
      double rows[6][3], u[6][6];
      for (size_t x = 0; x < 3; ++x) transform_weights(tile, w[x], w[3 + x], w[6 + x], &rows[0][x], 3);
      for (size_t y = 0; y < side; ++y) transform_weights(tile, rows[y][0], rows[y][1], rows[y][2], u[y], 1);
      float *to = packed + n / nr * panel + (1 + k) * nr + n % nr;
      for (size_t p = 0; p < side * side; ++p) to[p * position] = (float)u[p / side][p % side];
    }
  }
}
