#include "CImageCodecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

struct decoder {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count;
  size_t position;
  jmp_buf escape;
  char *failure;
};

static void leave(png_structp png, png_const_charp message) {
  struct decoder *decoder = png_get_error_ptr(png);
  snprintf(decoder->failure, IMAGE_FAILURE_CAPACITY, "%s", message);
  longjmp(decoder->escape, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  struct decoder *decoder = png_get_io_ptr(png);
  if (count > decoder->count - decoder->position) png_error(png, "the file ends early");
  memcpy(target, decoder->bytes + decoder->position, count);
  decoder->position += count;
}

// To be called after setjmp. Reads up to the pixels.
static void read_header(struct decoder *decoder) {
  decoder->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, decoder, leave, ignore_warning);
  if (decoder->png) decoder->info = png_create_info_struct(decoder->png);
  if (!decoder->info) {
    snprintf(decoder->failure, IMAGE_FAILURE_CAPACITY, "there is not enough memory");
    longjmp(decoder->escape, 1);
  }
  png_set_read_fn(decoder->png, decoder, read_bytes);
  png_read_info(decoder->png, decoder->info);
}

static bool read_size(struct decoder *decoder, uint32_t *width, uint32_t *height) {
  if (setjmp(decoder->escape)) return false;
  read_header(decoder);
  *width = png_get_image_width(decoder->png, decoder->info);
  *height = png_get_image_height(decoder->png, decoder->info);
  return true;
}

static bool read_pixels(struct decoder *decoder, uint8_t *rgb, size_t capacity) {
  if (setjmp(decoder->escape)) return false;
  read_header(decoder);
  png_structp png = decoder->png;
  png_set_strip_16(png);
  png_set_palette_to_rgb(png);
  png_set_expand_gray_1_2_4_to_8(png);
  png_set_strip_alpha(png);
  png_set_gray_to_rgb(png);
  const int pass_count = png_set_interlace_handling(png);
  png_read_update_info(png, decoder->info);
  const size_t stride = png_get_rowbytes(png, decoder->info);
  const size_t height = png_get_image_height(png, decoder->info);
  if (stride != (size_t)png_get_image_width(png, decoder->info) * 3 || stride * height != capacity) {
    png_error(png, "its pixels are of an unknown kind");
  }
  for (int pass = 0; pass < pass_count; pass++) {
    for (size_t y = 0; y < height; y++) png_read_row(png, rgb + y * stride, NULL);
  }
  png_read_end(png, NULL);
  return true;
}

bool image_png_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, char *failure) {
  struct decoder decoder = {.bytes = bytes, .count = count, .failure = failure};
  const bool succeeded = read_size(&decoder, width, height);
  png_destroy_read_struct(&decoder.png, &decoder.info, NULL);
  return succeeded;
}

bool image_png_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, size_t capacity, char *failure) {
  struct decoder decoder = {.bytes = bytes, .count = count, .failure = failure};
  const bool succeeded = read_pixels(&decoder, rgb, capacity);
  png_destroy_read_struct(&decoder.png, &decoder.info, NULL);
  return succeeded;
}
