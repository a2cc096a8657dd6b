#if defined(__x86_64__)
#include <immintrin.h>

#include "taps.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

enum { WIDTH = 16 };

typedef struct sums {
  __m256i low, high;
} sums;

// Adds two taps: bytes widened to 16 bits, so that no product or pair of products can saturate.
MK_INLINE sums add_taps(sums s, __m128i a, __m128i b, const char *w) {
  const __m256i x = _mm256_cvtepu8_epi16(a), y = _mm256_cvtepu8_epi16(b);
  const __m256i *v = (const __m256i *)w;
  const __m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi16(x, y), _mm256_loadu_si256(v));
  const __m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi16(x, y), _mm256_loadu_si256(v + 1));
  return (sums){_mm256_add_epi32(s.low, low), _mm256_add_epi32(s.high, high)};
}

MK_INLINE __m256i requantize(__m256i sum, const float *scale, const float *offset, __m256 upper) {
  const __m256 f = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(scale), _mm256_loadu_ps(offset));
  return _mm256_cvtps_epi32(_mm256_min_ps(f, upper));
}

// Sixteen bytes of a pixel; behind `end` nothing may be read.
MK_INLINE __m128i load(const uint8_t *p, const uint8_t *begin, const uint8_t *end) {
  if (p < begin || p >= end || (size_t)(end - p) >= WIDTH) return _mm_loadu_si128((const __m128i *)p);
  uint8_t copy[WIDTH] = {0};
  memcpy(copy, p, (size_t)(end - p));
  return _mm_loadu_si128((const __m128i *)copy);
}

MK_INLINE __m128i block(const mk_dwconv_u8 *conv, const mk_taps *taps, size_t c, const uint8_t *end, const int tail) {
  const size_t chunks = taps->count / 2;
  const char *w = (const char *)conv->packed + c * mk_dwconv_u8_channel_bytes(chunks);
  const char *constants = w + chunks * 64;
  sums s = {_mm256_loadu_si256((const __m256i *)constants), _mm256_loadu_si256((const __m256i *)constants + 1)};
  for (size_t t = 0; t < taps->count; t += 2, w += 64) {
    const uint8_t *a = taps->pointers[t] + c, *b = taps->pointers[t + 1] + c;
    if (tail) {
      s = add_taps(s, load(a, conv->input, end), load(b, conv->input, end), w);
    } else {
      s = add_taps(s, _mm_loadu_si128((const __m128i *)a), _mm_loadu_si128((const __m128i *)b), w);
    }
  }
  const float *scale = (const float *)(constants + 64), *offset = (const float *)(constants + 128);
  const __m256 upper = _mm256_set1_ps(conv->upper);
  const __m256i words = _mm256_packs_epi32(requantize(s.low, scale, offset, upper),
                                           requantize(s.high, scale + 8, offset + 8, upper));
  const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
  return _mm_max_epu8(bytes, _mm_set1_epi8((char)(uint8_t)conv->lower));
}

void mk_dwconv_u8s8_any__avx2(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const mk_taps taps = mk_taps_prepare(conv, 2);
  const size_t pixels = g->batch * g->input_height * g->input_width;
  const uint8_t *end = conv->input + (pixels - 1) * g->input_stride + conv->channels;
  const size_t whole = conv->channels / WIDTH * WIDTH, rest = conv->channels - whole;
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width; ++x) {
      uint8_t *y = conv->output + (row * g->output_width + x) * g->output_stride;
      mk_taps_aim(&taps, conv, row, x);
      for (size_t c = 0; c < whole; c += WIDTH) _mm_storeu_si128((__m128i *)(y + c), block(conv, &taps, c, end, 0));
      if (!rest) continue;
      uint8_t copy[WIDTH];
      _mm_storeu_si128((__m128i *)copy, block(conv, &taps, whole, end, 1));
      memcpy(y + whole, copy, rest);
    }
  }
}

#pragma clang attribute pop
#endif
