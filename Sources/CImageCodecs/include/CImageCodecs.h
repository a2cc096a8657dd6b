#ifndef OCTET_CIMAGECODECS_H
#define OCTET_CIMAGECODECS_H

// Decoding of pictures from memory. libjpeg and libpng report failures by setjmp/longjmp, which Swift code must not be
// jumped over by; here no jump leaves a function.
//
// Every function returns whether it succeeded. If it did not, `failure` holds a sentence that ends with a zero byte;
// it must have room for IMAGE_FAILURE_CAPACITY bytes. The functions keep no state and may run at the same time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IMAGE_FAILURE_CAPACITY = 256 };

// Reads the extents that the header states, without decoding.
bool image_jpeg_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, char *failure);
bool image_png_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, char *failure);

// Writes width * height pixels of three bytes, red, green, blue, row by row. `capacity` is what `rgb` has room for;
// the functions fail if that is not exactly what the picture needs, or if the data end early or are damaged.
//
// Grey is written three times; CMYK and YCCK are taken as inverted, as Adobe writes them.
bool image_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, size_t capacity, char *failure);
// Palettes are looked up, alpha and transparent colours are dropped, and of 16-bit samples the high byte is taken.
bool image_png_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, size_t capacity, char *failure);

#endif
