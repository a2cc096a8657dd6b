#include "support.h"

static void check(mk_isa isa, size_t channels, size_t columns) {
  size_t count;
  const mk_winograd_f32_kernel *table = mk_winograd_f32_kernels(&count);
  mk_geometry g = random_geometry(3, 3, 1, 1);
  g.input_stride = channels + (size_t)random_integer(0, 9);
  g.output_stride = columns + (size_t)random_integer(0, 9);
  const size_t outputs = (output_pixels(&g) - 1) * g.output_stride + columns;
  const size_t residual_stride = columns + (size_t)random_integer(0, 9);
  mk_winograd_f32 conv = {
      .geometry = g,
      .channels = channels,
      .columns = columns,
      .input = random_floats((input_pixels(&g) - 1) * g.input_stride + channels, -2, 2),
      .bias = random_floats(columns, -1, 1),
      .residual = random_integer(0, 1) ? random_floats((output_pixels(&g) - 1) * residual_stride + columns, -3, 3) : NULL,
      .residual_stride = residual_stride,
      .lower = random_integer(0, 1) ? 0 : -INFINITY,
      .upper = 6,
  };
  for (size_t i = 0; i < count; ++i) {
    if (table[i].isa != isa) continue;
    const mk_winograd_f32_kernel *twin = mk_winograd_f32_kernels(&count);
    while (twin->isa != MK_ISA_SCALAR || twin->tile != table[i].tile) ++twin;
    const size_t tile = table[i].tile, positions = (tile + 2) * (tile + 2);
    const size_t rows = (g.output_height + tile - 1) / tile, tiles = g.batch * rows * ((g.output_width + tile - 1) / tile);
    // Tiles `first` and those behind it; those before are left as they are.
    const size_t first = (size_t)random_integer(0, (int64_t)tiles - 1), some = tiles - first;
    char detail[200];
    describe_geometry(detail, sizeof detail, &g, channels);
    float *expected = make_buffer(positions * some * channels * sizeof(float));
    float *found = make_buffer(positions * some * channels * sizeof(float));
    twin->transform_input(&conv, first, tiles, expected);
    table[i].transform_input(&conv, first, tiles, found);
    expect_floats(table[i].name, detail, found, expected, positions * some * channels, 0);
    const float *products = random_floats(positions * some * columns, -3, 3);
    expected = conv.output = make_buffer(outputs * sizeof(float));
    twin->transform_output(&conv, first, tiles, products);
    conv.output = make_buffer(outputs * sizeof(float));
    table[i].transform_output(&conv, first, tiles, products);
    expect_floats(table[i].name, detail, conv.output, expected, outputs, 0);
  }
  free_all();
}

void test_winograd_f32(mk_isa isa) {
  for (size_t i = 1; i <= 50; ++i) {
    seed_random(5000 + i);
    check(isa, i, (size_t)random_integer(1, 40));
  }
}
