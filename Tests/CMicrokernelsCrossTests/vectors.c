#include "support.h"

static const mk_vector_functions *scalar, *fast;
static char detail[120];

// Calls a function of both tables, which writes its results to y.
#define BOTH_BYTES(name, bytes, ...)                  \
  do {                                                \
    uint8_t *y = make_buffer(bytes);                  \
    scalar->name(__VA_ARGS__);                        \
    const uint8_t *expected = y;                      \
    y = make_buffer(bytes);                           \
    fast->name(__VA_ARGS__);                          \
    expect_bytes(#name, detail, y, expected, bytes);  \
  } while (0)

#define BOTH_FLOATS(name, count, units, ...)                  \
  do {                                                        \
    float *y = make_buffer((count) * sizeof(float));          \
    scalar->name(__VA_ARGS__);                                \
    const float *expected = y;                                \
    y = make_buffer((count) * sizeof(float));                 \
    fast->name(__VA_ARGS__);                                  \
    expect_floats(#name, detail, y, expected, count, units);  \
  } while (0)

static void check_elements(size_t n) {
  snprintf(detail, sizeof detail, "%zu elements", n);
  const float *a = special_floats(n), *b = special_floats(n);
  const uint8_t *p = random_bytes(n, 0), *q = random_bytes(n, 0), *table = random_bytes(256, 0);
  const float scale = random_float(0.01f, 2), offset = random_float(-50, 300);
  const int32_t zero_point = (int32_t)random_integer(0, 255);
  const float lower = (float)random_integer(0, 50), upper = (float)random_integer(60, 255);
  BOTH_BYTES(quantize_u8, n, n, a, scale, zero_point, y);
  BOTH_FLOATS(dequantize_u8, n, 0, n, p, scale, zero_point, y);
  BOTH_BYTES(rescale_u8, n, n, p, scale, offset, lower, upper, y);
  BOTH_BYTES(add_u8, n, n, p, q, scale, -1.5f, offset, lower, upper, y);
  BOTH_BYTES(lookup_u8, n, n, p, table, y);
  BOTH_BYTES(multiply_u8, n, n, p, q, zero_point, 255 - zero_point, scale * 0.02f, offset, lower, upper, y);
  BOTH_FLOATS(add_f32, n, 0, n, a, b, -INFINITY, INFINITY, y);
  BOTH_FLOATS(add_f32, n, 0, n, a, b, 0, 6, y);
  BOTH_FLOATS(multiply_f32, n, 0, n, a, b, -100, 100, y);
  BOTH_FLOATS(clamp_f32, n, 0, n, a, -1, 6, y);
  free_all();
  const float *x = special_floats(n);
  float least[2], greatest[2];
  scalar->range_f32(n, x, &least[0], &greatest[0]);
  fast->range_f32(n, x, &least[1], &greatest[1]);
  ++checks;
  if (least[0] != least[1] || greatest[0] != greatest[1]) expect_bytes("range_f32", detail, "0", "1", 1);
  const float *logits = random_floats(n, -40, 40);
  // The scalar one calls the exponential of the C library. Results stay normal numbers, which the vectors do not go below.
  BOTH_FLOATS(softmax_f32, n, 6, n, logits, y);
  free_all();
}

static void check_shuffle(size_t pixels, size_t groups, size_t width) {
  const size_t channels = groups * width, stride = channels + (size_t)random_integer(0, 5);
  const size_t y_stride = channels + (size_t)random_integer(0, 5), y_count = (pixels - 1) * y_stride + channels;
  const size_t count = (pixels - 1) * stride + channels;
  const uint8_t *bytes = random_bytes(count, 0);
  const float *x = random_floats(count, -3, 3);
  snprintf(detail, sizeof detail, "%zu pixels of %zu groups of %zu channels", pixels, groups, width);
  BOTH_BYTES(shuffle_channels_u8, y_count, pixels, channels, groups, stride, bytes, y_stride, y);
  BOTH_FLOATS(shuffle_channels_f32, y_count, 0, pixels, channels, groups, stride, x, y_stride, y);
  free_all();
}

// The scalar ones call the functions of the C library.
static void check_unary(size_t n) {
  const mk_unary kinds[] = {MK_UNARY_SIGMOID,    MK_UNARY_TANH,       MK_UNARY_HARD_SIGMOID,
                            MK_UNARY_HARD_SWISH, MK_UNARY_LEAKY_RELU, MK_UNARY_ELU,        MK_UNARY_EXP};
  const float *x = random_floats(n, -20, 20);
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
    float *expected = make_buffer(n * sizeof(float)), *found = make_buffer(n * sizeof(float));
    scalar->unary_f32(kinds[i], n, x, 0.3f, 0.4f, expected);
    fast->unary_f32(kinds[i], n, x, 0.3f, 0.4f, found);
    snprintf(detail, sizeof detail, "kind %d, %zu elements", (int)kinds[i], n);
    expect_near("unary_f32", detail, found, expected, n, 8e-7f);
  }
  free_all();
  // Up to the largest results that are finite, which are more than the reciprocal of any normal number.
  const float *wide = random_floats(n, -87, 88.7f);
  float *expected = make_buffer(n * sizeof(float)), *found = make_buffer(n * sizeof(float));
  scalar->unary_f32(MK_UNARY_EXP, n, wide, 0, 0, expected);
  fast->unary_f32(MK_UNARY_EXP, n, wide, 0, 0, found);
  expect_near("unary_f32", "exp", found, expected, n, 8e-7f);
  free_all();
}

static void check_pixels(size_t pixels, size_t channels) {
  const size_t stride = channels + (size_t)random_integer(0, 5), count = (pixels - 1) * stride + channels;
  snprintf(detail, sizeof detail, "%zu pixels of %zu channels, stride %zu", pixels, channels, stride);
  const float *x = random_floats(count, -3, 3), *planes = special_floats((pixels + 5) * channels);
  const uint8_t *bytes = random_bytes(count, 0);
  const float *scale = random_floats(channels, -2, 2), *bias = random_floats(channels, -2, 2);
  const int32_t zero_point = (int32_t)random_integer(0, 255);
  const size_t y_stride = channels + (size_t)random_integer(0, 5), y_count = (pixels - 1) * y_stride + channels;
  BOTH_FLOATS(scale_channels_f32, y_count, 0, pixels, channels, stride, x, scale, bias, 0, 6, y_stride, y);
  BOTH_BYTES(rescale_channels_u8, y_count, pixels, channels, stride, bytes, scale, bias, 3, 250, y_stride, y);
  BOTH_FLOATS(planes_to_pixels_f32, count, 0, pixels, channels, pixels + 5, planes, stride, y);
  BOTH_BYTES(planes_to_pixels_u8, count, pixels, channels, pixels + 5, planes, 0.7f, zero_point, stride, y);
  BOTH_FLOATS(pixels_to_planes_f32, pixels * channels, 0, pixels, channels, stride, x, y);
  BOTH_BYTES(sum_pixels_u8, channels * 4, pixels, channels, stride, bytes, (uint32_t *)(void *)y);
  double *totals = make_buffer(channels * sizeof(double));
  for (size_t c = 0; c < channels; ++c) totals[c] = (double)random_integer(0, 1000000);
  BOTH_FLOATS(means_of_sums, channels, 0, channels, totals, (double)pixels, 0.7f, zero_point, y);
  BOTH_FLOATS(mean_pixels_f32, channels, 0, pixels, channels, stride, x, y);
  mk_channel_sums sums[2];
  for (int i = 0; i < 2; ++i) {
    sums[i] = (mk_channel_sums){make_buffer(channels * 4), make_buffer(channels * 4), make_buffer(channels * 8),
                                make_buffer(channels * 8), make_buffer(channels * 8)};
    (i ? fast : scalar)->sum_channels_f32(pixels, channels, stride, x, -1, 2, &sums[i]);
  }
  expect_floats("sum_channels_f32, least", detail, sums[1].least, sums[0].least, channels, 0);
  expect_floats("sum_channels_f32, greatest", detail, sums[1].greatest, sums[0].greatest, channels, 0);
  expect_bytes("sum_channels_f32, sum", detail, sums[1].sum, sums[0].sum, channels * 8);
  expect_bytes("sum_channels_f32, squares", detail, sums[1].squares, sums[0].squares, channels * 8);
  expect_bytes("sum_channels_f32, inside", detail, sums[1].inside, sums[0].inside, channels * 8);
  const size_t size = (size_t)random_integer(1, 7);
  BOTH_FLOATS(lrn_f32, count, 0, pixels, channels, stride, x, size, 0.1f, 0.75f, 1.0f, y);
  BOTH_FLOATS(lrn_f32, count, 0, pixels, channels, stride, x, size, 0.1f, 0.5f, 2.0f, y);
  BOTH_FLOATS(lrn_f32, count, 0, pixels, channels, stride, x, size, 0.1f, 0.6f, 2.0f, y);
  free_all();
}

typedef void (*pool_function)(const mk_pool *, size_t, size_t);

static void check_pool(const char *name, pool_function twin, pool_function function, size_t channels, int is_float) {
  mk_geometry g = random_geometry(0, 0, 0, 0);
  const size_t element = is_float ? 4 : 1, rows = g.batch * g.output_height;
  g.input_stride = channels + (size_t)random_integer(0, 9);
  g.output_stride = channels + (size_t)random_integer(0, 9);
  const size_t inputs = (input_pixels(&g) - 1) * g.input_stride + channels;
  const size_t outputs = (output_pixels(&g) - 1) * g.output_stride + channels;
  mk_pool pool = {
      .geometry = g,
      .channels = channels,
      .input = is_float ? (const void *)random_floats(inputs, -3, 3) : random_bytes(inputs, 0),
      .count_includes_padding = (int)random_integer(0, 1),
      .pad_bottom = (size_t)random_integer(0, 3),
      .pad_right = (size_t)random_integer(0, 3),
      .zero_point = (uint8_t)random_integer(0, 255),
      .scale = random_float(0.1f, 2),
      .offset = random_float(-50, 50),
  };
  void *expected = pool.output = make_buffer(outputs * element);
  twin(&pool, 0, rows);
  pool.output = make_buffer(outputs * element);
  function(&pool, 0, rows / 2);
  function(&pool, rows / 2, rows);
  snprintf(detail, sizeof detail, "%zux%zu window of %zu channels", g.kernel_height, g.kernel_width, channels);
  if (is_float) {
    expect_floats(name, detail, pool.output, expected, outputs, 0);
  } else {
    expect_bytes(name, detail, pool.output, expected, outputs);
  }
  free_all();
}

void test_vectors(mk_isa isa) {
  scalar = mk_vector_functions_for(MK_ISA_SCALAR);
  fast = mk_vector_functions_for(isa);
  if (fast == scalar) {
    ++failures;
    printf("FAILED: no table of vector functions\n");
  }
  for (size_t i = 1; i <= 140; ++i) {
    seed_random(4000 + i);
    check_elements(i);
    check_unary(i);
    check_shuffle((size_t)random_integer(1, 40), 1 + i % 18, (size_t)random_integer(1, 30));
    check_shuffle((size_t)random_integer(1, 40), 2 + i % 3, (size_t)random_integer(16, 60));
    check_pixels((size_t)random_integer(1, 40), i);
    check_pixels((size_t)random_integer(1, 600), 1 + i % 4);
    check_pool("max_pool_u8", scalar->max_pool_u8, fast->max_pool_u8, i, 0);
    check_pool("max_pool_f32", scalar->max_pool_f32, fast->max_pool_f32, i, 1);
    check_pool("average_pool_u8", scalar->average_pool_u8, fast->average_pool_u8, i, 0);
    check_pool("average_pool_f32", scalar->average_pool_f32, fast->average_pool_f32, i, 1);
  }
}
