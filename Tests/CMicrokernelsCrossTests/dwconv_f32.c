#include "support.h"

static void check(mk_isa isa, mk_geometry g, size_t channels) {
  size_t count;
  const mk_dwconv_f32_kernel *table = mk_dwconv_f32_kernels(&count), *twin = table;
  while (twin->isa != MK_ISA_SCALAR) ++twin;
  const size_t taps = g.kernel_height * g.kernel_width, padded = (channels + 15) / 16 * 16;
  const size_t rows = g.batch * g.output_height;
  g.input_stride = channels + (size_t)random_integer(0, 9);
  g.output_stride = channels + (size_t)random_integer(0, 9);
  const size_t outputs = (output_pixels(&g) - 1) * g.output_stride + channels;
  mk_dwconv_f32 conv = {
      .geometry = g,
      .channels = channels,
      .input = random_floats((input_pixels(&g) - 1) * g.input_stride + channels, -2, 2),
      .weights = random_floats(taps * padded, -1, 1),
      .weights_stride = padded,
      .bias = random_floats(padded, -1, 1),
      .lower = random_integer(0, 1) ? 0 : -INFINITY,
      .upper = random_integer(0, 1) ? 6 : INFINITY,
  };
  float *expected = conv.output = make_buffer(outputs * sizeof(float));
  twin->run(&conv, 0, rows);
  for (size_t i = 0; i < count; ++i) {
    if (table[i].isa != isa) continue;
    conv.output = make_buffer(outputs * sizeof(float));
    table[i].run(&conv, 0, rows / 2);
    table[i].run(&conv, rows / 2, rows);
    char detail[200];
    describe_geometry(detail, sizeof detail, &g, channels);
    expect_floats(table[i].name, detail, conv.output, expected, outputs, 0);
  }
  free_all();
}

void test_dwconv_f32(mk_isa isa) {
  for (size_t i = 1; i <= 100; ++i) {
    seed_random(3000 + i);
    check(isa, random_geometry(3, 3, 1 + i % 2, 1), i);
    const mk_geometry any = random_geometry((size_t)random_integer(1, 5), (size_t)random_integer(1, 5), 0, 0);
    check(isa, any, (size_t)random_integer(1, 90));
  }
}
