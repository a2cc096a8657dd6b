#include "support.h"

static float *run(mk_conv_f32 *conv, const mk_gemm_f32_kernel *kernel, const float *weights, const float *initial,
                  size_t output_count) {
  const mk_geometry *g = &conv->geometry;
  const size_t taps = g->kernel_height * g->kernel_width, k = taps * conv->channels, nr = kernel->nr;
  const size_t panels = (conv->columns + nr - 1) / nr, pixels = output_pixels(g);
  float *packed = make_buffer(panels * nr * (1 + k) * sizeof(float));
  for (size_t n = 0; n < panels * nr; ++n) {
    float *panel = packed + n / nr * nr * (1 + k) + n % nr;
    const int real = n < conv->columns;
    panel[0] = real ? initial[n] : 0;
    for (size_t i = 0; i < k; ++i) panel[(1 + i) * nr] = real ? weights[n * k + i] : 0;
  }
  conv->packed = packed;
  conv->output = make_buffer(output_count * sizeof(float));
  mk_conv_f32_run(kernel, conv, 0, pixels / 2, 0, panels);
  mk_conv_f32_run(kernel, conv, pixels / 2, pixels, 0, panels / 2);
  mk_conv_f32_run(kernel, conv, pixels / 2, pixels, panels / 2, panels);
  return conv->output;
}

static void check(mk_isa isa, mk_geometry g, size_t channels, size_t columns) {
  size_t count;
  const mk_gemm_f32_kernel *table = mk_gemm_f32_kernels(&count), *twin = table;
  while (twin->isa != MK_ISA_SCALAR) ++twin;
  const size_t taps = g.kernel_height * g.kernel_width;
  g.input_stride = channels + (size_t)random_integer(0, 9);
  g.output_stride = columns + (size_t)random_integer(0, 9);
  const size_t outputs = (output_pixels(&g) - 1) * g.output_stride + columns;
  const size_t residual_stride = columns + (size_t)random_integer(0, 9);
  const int bounded = random_integer(0, 1) != 0;
  float *padding = make_buffer(channels * sizeof(float));
  memset(padding, 0, channels * sizeof(float));
  const float *weights = random_floats(columns * taps * channels, -1, 1), *initial = random_floats(columns, -1, 1);
  mk_conv_f32 conv = {
      .geometry = g,
      .channels = channels,
      .columns = columns,
      .input = random_floats((input_pixels(&g) - 1) * g.input_stride + channels, -2, 2),
      .padding = padding,
      .residual = random_integer(0, 1) ? random_floats((output_pixels(&g) - 1) * residual_stride + columns, -3, 3) : NULL,
      .residual_stride = residual_stride,
      .lower = bounded ? 0 : -INFINITY,
      .upper = bounded ? 6 : INFINITY,
  };
  const float *expected = run(&conv, twin, weights, initial, outputs);
  for (size_t i = 0; i < count; ++i) {
    if (table[i].isa != isa) continue;
    char detail[200];
    snprintf(detail, sizeof detail, "%zux%zu window, %zu pixels, K %zu, N %zu", g.kernel_height, g.kernel_width,
             output_pixels(&g), channels, columns);
    expect_floats(table[i].name, detail, run(&conv, &table[i], weights, initial, outputs), expected, outputs, 0);
  }
  free_all();
}

void test_gemm_f32(mk_isa isa) {
  for (size_t i = 1; i <= 70; ++i) {
    seed_random(1000 + i);
    check(isa, matrix_geometry(i % 30 + 1), (size_t)random_integer(1, 40), (size_t)random_integer(1, 80));
    check(isa, matrix_geometry(9), 5, i);
    check(isa, random_geometry(0, 0, 0, 0), (size_t)random_integer(1, 20), (size_t)random_integer(1, 70));
  }
}
