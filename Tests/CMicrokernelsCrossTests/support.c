#include "support.h"

#include <sys/mman.h>
#include <unistd.h>

size_t failures, checks;

// Marsaglia's xorshift64*.
static uint64_t state = 1;

void seed_random(uint64_t seed) { state = seed * 0x9e3779b97f4a7c15u | 1; }

static uint64_t next_random(void) {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * 0x2545f4914f6cdd1du;
}

int64_t random_integer(int64_t least, int64_t greatest) {
  return least + (int64_t)((next_random() >> 11) % (uint64_t)(greatest - least + 1));
}

float random_float(float least, float greatest) {
  return least + (greatest - least) * (float)(next_random() >> 40) / 16777215.0f;
}

static struct {
  void *pages;
  size_t bytes;
} buffers[64];
static size_t buffer_count;

void *make_buffer(size_t bytes) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), length = (bytes + page - 1) / page * page + page;
  char *pages = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages + length - page, page, PROT_NONE) || buffer_count == 64) {
    fprintf(stderr, "no memory for a buffer of %zu bytes\n", bytes);
    exit(2);
  }
  buffers[buffer_count].pages = pages;
  buffers[buffer_count++].bytes = length;
  memset(pages, 0xa5, length - page);
  return pages + length - page - bytes;
}

void free_all(void) {
  while (buffer_count > 0) {
    --buffer_count;
    munmap(buffers[buffer_count].pages, buffers[buffer_count].bytes);
  }
}

uint8_t *random_bytes(size_t count, int extreme) {
  uint8_t *bytes = make_buffer(count);
  for (size_t i = 0; i < count; ++i) {
    bytes[i] = (uint8_t)(extreme ? (random_integer(0, 3) ? 255 : 0) : random_integer(0, 255));
  }
  return bytes;
}

int8_t *random_weights(size_t count, int extreme) {
  int8_t *weights = make_buffer(count);
  const int8_t sign = random_integer(0, 1) ? 1 : -1;
  const int8_t extremes[] = {(int8_t)(127 * sign), (int8_t)(127 * sign), -128, -127};
  const int64_t reach = random_integer(0, 1) ? 128 : random_integer(1, 128);
  for (size_t i = 0; i < count; ++i) {
    weights[i] = extreme ? extremes[random_integer(0, 3)] : (int8_t)random_integer(-reach, reach - 1);
  }
  return weights;
}

float *random_floats(size_t count, float least, float greatest) {
  float *floats = make_buffer(count * sizeof(float));
  for (size_t i = 0; i < count; ++i) floats[i] = random_float(least, greatest);
  return floats;
}

float *special_floats(size_t count) {
  static const float specials[] = {NAN, INFINITY, -INFINITY, 0.0f, -0.0f, 1e30f, -1e30f, 1e-40f};
  float *floats = random_floats(count, -300, 300);
  for (size_t i = 0; i < count; ++i) {
    if (random_integer(0, 5) == 0) floats[i] = specials[random_integer(0, 7)];
    if (random_integer(0, 5) == 0) floats[i] = (float)random_integer(-20, 20) * 0.5f;
  }
  return floats;
}

static void choose_axis(size_t kernel, size_t dilation, size_t stride, size_t *pad, size_t *input, size_t *output) {
  const int64_t extent = (int64_t)((kernel - 1) * dilation + 1);
  const int64_t before = random_integer(0, extent), after = random_integer(0, extent - 1);
  const int64_t least = extent - before - after > 1 ? extent - before - after : 1;
  const int64_t size = random_integer(least, least + 11);
  *pad = (size_t)before;
  *input = (size_t)size;
  *output = (size_t)(size + before + after - extent) / stride + 1;
}

mk_geometry random_geometry(size_t kernel_height, size_t kernel_width, size_t stride, size_t dilation) {
  mk_geometry g = {
      .batch = (size_t)random_integer(1, 2),
      .kernel_height = kernel_height ? kernel_height : (size_t)random_integer(1, 4),
      .kernel_width = kernel_width ? kernel_width : (size_t)random_integer(1, 4),
      .stride_height = stride ? stride : (size_t)random_integer(1, 3),
      .stride_width = stride ? stride : (size_t)random_integer(1, 2),
      .dilation_height = dilation ? dilation : (size_t)random_integer(1, 2),
      .dilation_width = dilation ? dilation : (size_t)random_integer(1, 2),
  };
  choose_axis(g.kernel_height, g.dilation_height, g.stride_height, &g.pad_top, &g.input_height, &g.output_height);
  choose_axis(g.kernel_width, g.dilation_width, g.stride_width, &g.pad_left, &g.input_width, &g.output_width);
  return g;
}

mk_geometry matrix_geometry(size_t rows) {
  return (mk_geometry){.batch = 1, .input_height = 1, .input_width = rows, .output_height = 1, .output_width = rows,
                       .kernel_height = 1, .kernel_width = 1, .stride_height = 1, .stride_width = 1,
                       .dilation_height = 1, .dilation_width = 1};
}

size_t input_pixels(const mk_geometry *g) { return g->batch * g->input_height * g->input_width; }
size_t output_pixels(const mk_geometry *g) { return g->batch * g->output_height * g->output_width; }

void describe_geometry(char *text, size_t size, const mk_geometry *g, size_t channels) {
  snprintf(text, size, "%zux%zu window, stride %zux%zu, pads %zu %zu, %zux%zu to %zux%zu, C %zu", g->kernel_height,
           g->kernel_width, g->stride_height, g->stride_width, g->pad_top, g->pad_left, g->input_height, g->input_width,
           g->output_height, g->output_width, channels);
}

static void fail(const char *what, const char *detail, size_t at) {
  if (failures++ < 20) printf("FAILED %s: %s differs at %zu\n", what, detail, at);
}

void expect_bytes(const char *what, const char *detail, const void *found, const void *expected, size_t bytes) {
  const uint8_t *a = found, *b = expected;
  ++checks;
  for (size_t i = 0; i < bytes; ++i) {
    if (a[i] != b[i]) {
      fail(what, detail, i);
      return;
    }
  }
}

// The distance in units of the last place, of the order that the bits of floats have as integers.
static int is_near(float a, float b, float units) {
  int32_t x, y;
  memcpy(&x, &a, 4);
  memcpy(&y, &b, 4);
  if (x == y || (isnan(a) && isnan(b))) return 1;
  return !isnan(a) && !isnan(b) && (x < 0) == (y < 0) && fabs((double)x - (double)y) <= (double)units;
}

void expect_floats(const char *what, const char *detail, const float *found, const float *expected, size_t count,
                   float units) {
  ++checks;
  for (size_t i = 0; i < count; ++i) {
    if (!is_near(found[i], expected[i], units)) {
      fail(what, detail, i);
      return;
    }
  }
}
