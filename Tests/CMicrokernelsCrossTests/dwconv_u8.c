#include "support.h"

typedef struct constants {
  const int8_t *weights;
  const int32_t *initial;
  const float *scale, *offset;
} constants;

static const uint8_t *run(mk_dwconv_u8 *conv, const mk_dwconv_u8_kernel *kernel, const constants *c, size_t output_bytes) {
  const mk_geometry *g = &conv->geometry;
  const size_t taps = g->kernel_height * g->kernel_width, rows = g->batch * g->output_height;
  void *packed = make_buffer((mk_dwconv_u8_packed_bytes(kernel, taps, conv->channels) + 63) / 64 * 64);
  mk_dwconv_u8_pack(kernel, taps, conv->channels, c->weights, c->initial, c->scale, c->offset, packed);
  conv->packed = packed;
  conv->is_bounded = mk_dwconv_u8_is_bounded(taps, conv->channels, c->initial, c->scale, c->offset);
  conv->scratch = make_buffer((mk_dwconv_u8_scratch_bytes(g, conv->channels) + 63) / 64 * 64);
  conv->output = make_buffer(output_bytes);
  kernel->run(conv, 0, rows / 2);
  kernel->run(conv, rows / 2, rows);
  return conv->output;
}

static int fits(const mk_dwconv_u8_kernel *kernel, const mk_geometry *g) {
  if (kernel->kernel_height && kernel->kernel_height != g->kernel_height) return 0;
  if (kernel->kernel_width && kernel->kernel_width != g->kernel_width) return 0;
  if (!kernel->stride) return 1;
  return kernel->stride == g->stride_height && kernel->stride == g->stride_width && g->dilation_height == 1 &&
         g->dilation_width == 1;
}

static void check(mk_isa isa, mk_geometry g, size_t channels, int extreme) {
  size_t count;
  const mk_dwconv_u8_kernel *table = mk_dwconv_u8_kernels(&count), *twin = table;
  while (twin->isa != MK_ISA_SCALAR) ++twin;
  const size_t taps = g.kernel_height * g.kernel_width;
  g.input_stride = channels + (size_t)random_integer(0, 9);
  g.output_stride = channels + (size_t)random_integer(0, 9);
  const size_t output_bytes = (output_pixels(&g) - 1) * g.output_stride + channels;
  int32_t *initial = make_buffer(channels * 4);
  for (size_t c = 0; c < channels; ++c) initial[c] = (int32_t)random_integer(-10000, 10000);
  float *scale = random_floats(channels, 0, 300.0f / (float)(taps * 127 * (extreme ? 255 : 60)));
  if (random_integer(0, 1)) scale[random_integer(0, (int64_t)channels - 1)] *= 1e9f;
  if (random_integer(0, 5) == 0) scale[random_integer(0, (int64_t)channels - 1)] = NAN;
  const constants c = {random_weights(taps * channels, extreme), initial, scale, random_floats(channels, -20, 270)};
  mk_dwconv_u8 conv = {
      .geometry = g,
      .channels = channels,
      .input = random_bytes((input_pixels(&g) - 1) * g.input_stride + channels, extreme),
      .zero_point = (uint8_t)(random_integer(0, 1) ? random_integer(0, 255) : random_integer(0, 1) * 255),
      .lower = (float)(random_integer(0, 1) * random_integer(0, 60)),
      .upper = (float)(random_integer(0, 1) ? 255 : random_integer(100, 255)),
  };
  const uint8_t *expected = run(&conv, twin, &c, output_bytes);
  for (size_t i = 0; i < count; ++i) {
    if (table[i].isa != isa || !fits(&table[i], &g)) continue;
    char detail[200];
    describe_geometry(detail, sizeof detail, &g, channels);
    expect_bytes(table[i].name, detail, run(&conv, &table[i], &c, output_bytes), expected, output_bytes);
  }
  free_all();
}

void test_dwconv_u8(mk_isa isa) {
  for (size_t i = 1; i <= 140; ++i) {
    seed_random(2000 + i);
    check(isa, random_geometry(3, 3, 1 + i % 2, 1), i, i % 3 == 0);
    check(isa, random_geometry(3, 3, 1 + i % 2, 1), (size_t)random_integer(1, 5) * 32, i % 5 == 0);
    check(isa, random_geometry((size_t)random_integer(1, 7), (size_t)random_integer(1, 5), 0, 0),
          (size_t)random_integer(1, 100), i % 3 == 0);
  }
}
