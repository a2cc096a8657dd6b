#include "taps.h"

void mk_dwconv_u8s8_any__scalar(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const mk_taps taps = mk_taps_prepare(conv, 1);
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width; ++x) {
      uint8_t *y = conv->output + (row * g->output_width + x) * g->output_stride;
      mk_taps_aim(&taps, conv, row, x);
      for (size_t c = 0; c < conv->channels; ++c) {
        const int32_t *block = (const int32_t *)conv->packed + c / 4 * 4 * (taps.count + 3) + c % 4;
        uint32_t sum = (uint32_t)block[taps.count * 4];
        for (size_t t = 0; t < taps.count; ++t) sum += (uint32_t)(taps.pointers[t][c] * block[t * 4]);
        float scale, offset;
        memcpy(&scale, block + (taps.count + 1) * 4, 4);
        memcpy(&offset, block + (taps.count + 2) * 4, 4);
        y[c] = mk_round_u8(fmaf((float)(int32_t)sum, scale, offset), conv->lower, conv->upper);
      }
    }
  }
}
