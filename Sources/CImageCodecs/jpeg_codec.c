#include "CImageCodecs.h"

#include <limits.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

// A small progressive file can ask for thousands of passes over a huge picture; real ones have about ten scans.
enum { MAXIMUM_SCAN_COUNT = 200 };

_Static_assert(IMAGE_FAILURE_CAPACITY >= JMSG_LENGTH_MAX, "libjpeg's messages fit");

struct decoder {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  char *failure;
};

static void leave(j_common_ptr info) {
  struct decoder *decoder = info->client_data;
  info->err->format_message(info, decoder->failure);
  longjmp(decoder->escape, 1);
}

// Of the conditions that libjpeg only warns of, those that leave the pixels in doubt end the decoding.
static void judge_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
      leave(info);
    default:
      return;
  }
}

static void count_scans(j_common_ptr info) {
  struct decoder *decoder = info->client_data;
  if (decoder->info.input_scan_number > MAXIMUM_SCAN_COUNT) {
    snprintf(decoder->failure, IMAGE_FAILURE_CAPACITY, "it has more than %d scans", MAXIMUM_SCAN_COUNT);
    longjmp(decoder->escape, 1);
  }
}

static void prepare(struct decoder *decoder, char *failure) {
  *decoder = (struct decoder){0};
  decoder->failure = failure;
  decoder->info.err = jpeg_std_error(&decoder->errors);
  decoder->info.client_data = decoder;
  decoder->errors.error_exit = leave;
  decoder->errors.emit_message = judge_message;
}

// To be called after setjmp.
static void read_header(struct decoder *decoder, const uint8_t *bytes, size_t count) {
  jpeg_create_decompress(&decoder->info);
  decoder->progress.progress_monitor = count_scans;
  decoder->info.progress = &decoder->progress;
  jpeg_mem_src(&decoder->info, bytes, count);
  jpeg_read_header(&decoder->info, TRUE);
}

static bool read_size(struct decoder *decoder, const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height) {
  if (setjmp(decoder->escape)) return false;
  read_header(decoder, bytes, count);
  *width = decoder->info.image_width;
  *height = decoder->info.image_height;
  return true;
}

// The inks are inverted: 255 is none. What black lets through, less the share that the ink takes, rounded to nearest.
static void write_rgb_of_inverted_cmyk(const JSAMPLE *cmyk, uint8_t *rgb, size_t width) {
  for (size_t x = 0; x < width; x++, cmyk += 4, rgb += 3) {
    const unsigned light = cmyk[3];
    for (int channel = 0; channel < 3; channel++) {
      const unsigned product = (255u - cmyk[channel]) * light + 128;
      rgb[channel] = (uint8_t)(light - ((product + (product >> 8)) >> 8));
    }
  }
}

static bool read_pixels(struct decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *rgb, size_t capacity) {
  if (setjmp(decoder->escape)) return false;
  read_header(decoder, bytes, count);
  struct jpeg_decompress_struct *info = &decoder->info;
  const bool has_inks = info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK;
  info->out_color_space = has_inks ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(info);
  const size_t stride = (size_t)info->output_width * 3;
  if (stride * info->output_height != capacity) {
    snprintf(decoder->failure, IMAGE_FAILURE_CAPACITY, "its extents are not those of its header");
    return false;
  }
  JSAMPARRAY inks = NULL;
  if (has_inks) {
    inks = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, info->output_width * 4, 1);
  }
  while (info->output_scanline < info->output_height) {
    JSAMPROW row = rgb + stride * info->output_scanline;
    if (!has_inks) {
      jpeg_read_scanlines(info, &row, 1);
    } else if (jpeg_read_scanlines(info, inks, 1) == 1) {
      write_rgb_of_inverted_cmyk(inks[0], row, info->output_width);
    }
  }
  jpeg_finish_decompress(info);
  return true;
}

bool image_jpeg_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, char *failure) {
  struct decoder decoder;
  prepare(&decoder, failure);
  const bool succeeded = read_size(&decoder, bytes, count, width, height);
  jpeg_destroy_decompress(&decoder.info);
  return succeeded;
}

bool image_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, size_t capacity, char *failure) {
  struct decoder decoder;
  prepare(&decoder, failure);
  const bool succeeded = read_pixels(&decoder, bytes, count, rgb, capacity);
  jpeg_destroy_decompress(&decoder.info);
  return succeeded;
}
