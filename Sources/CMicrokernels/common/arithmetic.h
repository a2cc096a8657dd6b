// The arithmetic that every kernel and its scalar twin share.
#ifndef MK_COMMON_ARITHMETIC_H
#define MK_COMMON_ARITHMETIC_H

#include "CMicrokernels.h"
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Where a product and a sum are to be rounded once, fmaf says so; nothing else may be.
#pragma STDC FP_CONTRACT OFF

#define MK_INLINE static inline __attribute__((always_inline, unused))
#define MK_JOIN2(a, b) a##b
#define MK_JOIN(a, b) MK_JOIN2(a, b)
#define MK_UNROLL _Pragma("clang loop unroll(full)")

/// Scaled accumulators of smaller magnitude convert to int32 without overflow, rounding errors included.
#define MK_BOUND 2147000000.0

MK_INLINE size_t mk_min(size_t a, size_t b) { return a < b ? a : b; }
MK_INLINE size_t mk_max(size_t a, size_t b) { return a > b ? a : b; }
MK_INLINE size_t mk_round_up(size_t value, size_t multiple) { return (value + multiple - 1) / multiple * multiple; }

/// Asks for weights that are read some steps later. They come from a far cache when a panel is read for the first time,
/// and the processor's own prefetching stops at the end of a page. The distance was measured: 4 to 8 KiB do best.
MK_INLINE void mk_prefetch_weights(const void *now, size_t bytes) {
  for (size_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)now + 6144 + i, 0, 3);
}

/// Clamps to whole bounds, then rounds to nearest, ties to even: the same as rounding first. NaN gives `upper`.
MK_INLINE uint8_t mk_round_u8(float f, float lower, float upper) {
  f = f < upper ? f : upper;
  f = f > lower ? f : lower;
  return (uint8_t)lrintf(f);
}

/// What it takes to clamp to whole bounds in 0...255 what was or was not seen to stay in the range of int32.
MK_INLINE mk_clamping mk_clamping_of(int is_bounded, float lower, float upper) {
  if (!is_bounded) return MK_CLAMP_FLOATS;
  return lower > 0 || upper < 255 ? MK_CLAMP_BYTES : MK_CLAMP_NONE;
}

/// Clamps; NaN stays NaN.
MK_INLINE float mk_clamp(float f, float lower, float upper) {
  f = f < lower ? lower : f;
  return f > upper ? upper : f;
}

/// A float's QuantizeLinear; NaN gives the zero point, which is in 0...255.
MK_INLINE uint8_t mk_quantize_u8(float x, float scale, int32_t zero_point) {
  float f = x / scale;
  f = f == f ? f : 0.0f;
  f = f < (float)(255 - zero_point) ? f : (float)(255 - zero_point);
  f = f > (float)-zero_point ? f : (float)-zero_point;
  return (uint8_t)(lrintf(f) + zero_point);
}

#endif
