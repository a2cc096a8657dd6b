#include "support.h"

typedef struct gemm_case {
  mk_conv_u8 conv;
  const int8_t *weights;  // [column][tap][channel]
  const int32_t *initial;
  const float *scale, *offset;
  size_t output_bytes;
} gemm_case;

static const mk_gemm_u8_kernel *scalar_twin(void) {
  size_t count;
  const mk_gemm_u8_kernel *table = mk_gemm_u8_kernels(&count);
  while (table->isa != MK_ISA_SCALAR) ++table;
  return table;
}

static gemm_case make_case(mk_geometry g, size_t channels, size_t columns, int extreme, int is_float) {
  const size_t taps = g.kernel_height * g.kernel_width, whole = (channels + 3) / 4 * 4, element = is_float ? 4 : 1;
  g.input_stride = whole + (size_t)random_integer(0, 9);
  g.output_stride = columns + (size_t)random_integer(0, 9);
  gemm_case c = {.weights = random_weights(columns * taps * channels, extreme)};
  int32_t *initial = make_buffer(columns * 4);
  for (size_t n = 0; n < columns; ++n) initial[n] = (int32_t)random_integer(-100000, 100000);
  float *scale = random_floats(columns, 0, 300.0f / (float)(taps * channels * 127 * (extreme ? 255 : 60)));
  if (random_integer(0, 1)) scale[random_integer(0, (int64_t)columns - 1)] *= 1e9f;
  if (random_integer(0, 5) == 0) scale[random_integer(0, (int64_t)columns - 1)] = NAN;
  c.initial = initial;
  c.scale = scale;
  c.offset = random_floats(columns, -20, 270);
  c.output_bytes = ((output_pixels(&g) - 1) * g.output_stride + columns) * element;
  uint8_t *padding = make_buffer(whole + 64);
  memset(padding, (int)random_integer(0, 255), whole + 64);
  const size_t residual_stride = columns + (size_t)random_integer(0, 9);
  const int has_residual = !is_float && random_integer(0, 1);
  c.conv = (mk_conv_u8){
      .geometry = g,
      .channels = channels,
      .columns = columns,
      .input = random_bytes((input_pixels(&g) - 1) * g.input_stride + whole, extreme),
      .padding = padding,
      .output_is_float = is_float,
      .residual = has_residual ? random_bytes((output_pixels(&g) - 1) * residual_stride + columns, extreme) : NULL,
      .residual_stride = residual_stride,
      .residual_scale = random_float(-1, 1),
      .lower = is_float ? -INFINITY : (float)(random_integer(0, 1) * random_integer(0, 60)),
      .upper = is_float ? 200.0f : (float)(random_integer(0, 1) ? 255 : random_integer(100, 255)),
  };
  return c;
}

static void pack(const gemm_case *c, const mk_gemm_u8_kernel *kernel, char *packed, float *scale, float *offset) {
  const mk_geometry *g = &c->conv.geometry;
  const size_t nr = kernel->nr, channels = c->conv.channels, taps = g->kernel_height * g->kernel_width;
  const size_t groups = (channels + 3) / 4, bytes = nr * 4 * (1 + taps * groups);
  char *quads = make_buffer(bytes);
  for (size_t first = 0; first < c->conv.columns; first += nr, packed += mk_gemm_u8_panel_bytes(kernel, taps, channels)) {
    memset(quads, 0, bytes);
    for (size_t n = 0; n < nr; ++n, ++scale, ++offset) {
      const int real = first + n < c->conv.columns;
      *scale = real ? c->scale[first + n] : NAN;
      *offset = real ? c->offset[first + n] : NAN;
      if (!real) continue;
      memcpy(quads + n * 4, &c->initial[first + n], 4);
      for (size_t i = 0; i < taps * channels; ++i) {
        const size_t k = i % channels;
        quads[nr * 4 + ((i / channels * groups + k / 4) * nr + n) * 4 + k % 4] =
            (char)c->weights[(first + n) * taps * channels + i];
      }
    }
    mk_gemm_u8_pack(kernel, taps, channels, quads, packed);
  }
}

static void *run(gemm_case *c, const mk_gemm_u8_kernel *kernel) {
  const mk_geometry *g = &c->conv.geometry;
  const size_t panels = (c->conv.columns + kernel->nr - 1) / kernel->nr, pixels = output_pixels(g);
  char *packed = make_buffer(panels * mk_gemm_u8_panel_bytes(kernel, g->kernel_height * g->kernel_width, c->conv.channels));
  float *scale = make_buffer(panels * kernel->nr * 4), *offset = make_buffer(panels * kernel->nr * 4);
  pack(c, kernel, packed, scale, offset);
  c->conv.packed = packed;
  c->conv.scale = scale;
  c->conv.offset = offset;
  c->conv.is_bounded = mk_gemm_u8_is_bounded(c->conv.columns, c->scale, c->offset, c->conv.residual ? c->conv.residual_scale : 0);
  c->conv.following = packed;
  c->conv.following_bytes = (size_t)random_integer(0, 5000);
  c->conv.output = make_buffer(c->output_bytes);
  mk_conv_u8s8(kernel, &c->conv, 0, pixels / 2, 0, panels);
  mk_conv_u8s8(kernel, &c->conv, pixels / 2, pixels, 0, panels / 2);
  mk_conv_u8s8(kernel, &c->conv, pixels / 2, pixels, panels / 2, panels);
  return c->conv.output;
}

static void check(mk_isa isa, mk_geometry g, size_t channels, size_t columns, int extreme) {
  size_t count;
  const mk_gemm_u8_kernel *table = mk_gemm_u8_kernels(&count);
  for (int is_float = 0; is_float < 2; ++is_float) {
    gemm_case c = make_case(g, channels, columns, extreme, is_float);
    const void *expected = run(&c, scalar_twin());
    for (size_t i = 0; i < count; ++i) {
      if (table[i].isa != isa) continue;
      char detail[200];
      snprintf(detail, sizeof detail, "%s output, %zux%zu window, %zu pixels, K %zu, N %zu", is_float ? "float" : "byte",
               g.kernel_height, g.kernel_width, output_pixels(&g), channels, columns);
      const void *found = run(&c, &table[i]);
      if (is_float) {
        expect_floats(table[i].name, detail, found, expected, c.output_bytes / 4, 0);
      } else {
        expect_bytes(table[i].name, detail, found, expected, c.output_bytes);
      }
    }
    free_all();
  }
}

void test_gemm_u8(mk_isa isa) {
  for (size_t i = 1; i <= 70; ++i) {
    seed_random(i);
    check(isa, matrix_geometry((size_t)random_integer(1, 32)), i, (size_t)random_integer(1, 100), i % 3 == 0);
    check(isa, matrix_geometry(i % 30 + 1), 9, (size_t)random_integer(40, 60), i % 2 == 0);
    check(isa, matrix_geometry(13), (size_t)random_integer(20, 40), i, 0);
    check(isa, random_geometry(0, 0, 0, 0), (size_t)random_integer(1, 24), (size_t)random_integer(1, 70), i % 3 == 0);
  }
  seed_random(100);
  check(isa, matrix_geometry(9), 2500, 20, 0);
  check(isa, matrix_geometry(9), 2500, 20, 1);
}
