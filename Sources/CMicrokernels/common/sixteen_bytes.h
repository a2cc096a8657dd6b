// Sixteen bytes, whatever the width of the instruction set's vectors. Behind one of common/lanes__*.h.
#ifndef MK_COMMON_SIXTEEN_BYTES_H
#define MK_COMMON_SIXTEEN_BYTES_H

#if defined(__x86_64__)
typedef __m128i mk_v16;
MK_INLINE mk_v16 mk_v16_zero(void) { return _mm_setzero_si128(); }
MK_INLINE mk_v16 mk_v16_load(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)p); }
MK_INLINE void mk_v16_store(uint8_t *p, mk_v16 v) { _mm_storeu_si128((__m128i *)p, v); }
MK_INLINE mk_v16 mk_v16_or(mk_v16 a, mk_v16 b) { return _mm_or_si128(a, b); }
/// Bytes of `from` by their index, 0...15; zero where the index is 0x80.
MK_INLINE mk_v16 mk_v16_shuffle(mk_v16 from, mk_v16 index) { return _mm_shuffle_epi8(from, index); }
/// Bytes, or pairs of bytes, of the first or the last half of a and b in turn.
MK_INLINE mk_v16 mk_v16_zip_low(mk_v16 a, mk_v16 b) { return _mm_unpacklo_epi8(a, b); }
MK_INLINE mk_v16 mk_v16_zip_high(mk_v16 a, mk_v16 b) { return _mm_unpackhi_epi8(a, b); }
MK_INLINE mk_v16 mk_v16_zip_pairs_low(mk_v16 a, mk_v16 b) { return _mm_unpacklo_epi16(a, b); }
MK_INLINE mk_v16 mk_v16_zip_pairs_high(mk_v16 a, mk_v16 b) { return _mm_unpackhi_epi16(a, b); }
#elif defined(__aarch64__)
typedef uint8x16_t mk_v16;
MK_INLINE mk_v16 mk_v16_zero(void) { return vdupq_n_u8(0); }
MK_INLINE mk_v16 mk_v16_load(const uint8_t *p) { return vld1q_u8(p); }
MK_INLINE void mk_v16_store(uint8_t *p, mk_v16 v) { vst1q_u8(p, v); }
MK_INLINE mk_v16 mk_v16_or(mk_v16 a, mk_v16 b) { return vorrq_u8(a, b); }
/// Bytes of `from` by their index, 0...15; zero where the index is 0x80.
MK_INLINE mk_v16 mk_v16_shuffle(mk_v16 from, mk_v16 index) { return vqtbl1q_u8(from, index); }
/// Bytes, or pairs of bytes, of the first or the last half of a and b in turn.
MK_INLINE mk_v16 mk_v16_zip_low(mk_v16 a, mk_v16 b) { return vzip1q_u8(a, b); }
MK_INLINE mk_v16 mk_v16_zip_high(mk_v16 a, mk_v16 b) { return vzip2q_u8(a, b); }
MK_INLINE mk_v16 mk_v16_zip_pairs_low(mk_v16 a, mk_v16 b) {
  return vreinterpretq_u8_u16(vzip1q_u16(vreinterpretq_u16_u8(a), vreinterpretq_u16_u8(b)));
}
MK_INLINE mk_v16 mk_v16_zip_pairs_high(mk_v16 a, mk_v16 b) {
  return vreinterpretq_u8_u16(vzip2q_u16(vreinterpretq_u16_u8(a), vreinterpretq_u16_u8(b)));
}
#endif

#endif
