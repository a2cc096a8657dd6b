// What the tests of all families share: random numbers, buffers that end at a page nobody may touch, geometries.
#ifndef CROSS_TESTS_SUPPORT_H
#define CROSS_TESTS_SUPPORT_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CMicrokernels.h"

/// Starts the sequence of random numbers that belongs to a seed.
void seed_random(uint64_t seed);
/// A whole number in least ... greatest.
int64_t random_integer(int64_t least, int64_t greatest);
float random_float(float least, float greatest);

/// A buffer of exactly so many bytes, in front of a page that ends the program when touched; free_all frees it.
void *make_buffer(size_t bytes);
void free_all(void);

/// Bytes of all values, or of extremes only, which overflow what may not be multiplied in 16 bits.
uint8_t *random_bytes(size_t count, int extreme);
int8_t *random_weights(size_t count, int extreme);
float *random_floats(size_t count, float least, float greatest);
/// Floats of which some are special: NaN, infinities, zeros of both signs.
float *special_floats(size_t count);

/// A random window; kernel, stride and dilation of 0 are chosen. The output has at least one pixel.
mk_geometry random_geometry(size_t kernel_height, size_t kernel_width, size_t stride, size_t dilation);
/// One row of pixels and no window: a matrix.
mk_geometry matrix_geometry(size_t rows);
size_t input_pixels(const mk_geometry *geometry);
size_t output_pixels(const mk_geometry *geometry);
void describe_geometry(char *text, size_t size, const mk_geometry *geometry, size_t channels);

/// Notes a difference of two buffers, bit by bit but for NaNs, which are all the same as floats.
void expect_bytes(const char *what, const char *detail, const void *found, const void *expected, size_t bytes);
void expect_floats(const char *what, const char *detail, const float *found, const float *expected, size_t count,
                   float units);
extern size_t failures, checks;

/// Each runs all kernels of an instruction set and their scalar twins on the same data.
void test_gemm_u8(mk_isa isa);
void test_gemm_f32(mk_isa isa);
void test_dwconv_u8(mk_isa isa);
void test_dwconv_f32(mk_isa isa);
void test_vectors(mk_isa isa);

#endif
