// What is the same for every vector width. Included once for each, behind its MK_OP, MK_W, MK_VI and MK_VF.
/// Deals four pixels out to four vectors: a 32-bit lane then holds one channel of all four.
///
/// Lane i of 128-bit lane L of vector j is channel 16 * L + 4 * j + i.
MK_INLINE void MK_W(interleave)(MK_VI a, MK_VI b, MK_VI c, MK_VI d, MK_VI quads[4]) {
  const MK_VI ab_low = MK_OP(unpacklo_epi8)(a, b), ab_high = MK_OP(unpackhi_epi8)(a, b);
  const MK_VI cd_low = MK_OP(unpacklo_epi8)(c, d), cd_high = MK_OP(unpackhi_epi8)(c, d);
  quads[0] = MK_OP(unpacklo_epi16)(ab_low, cd_low);
  quads[1] = MK_OP(unpackhi_epi16)(ab_low, cd_low);
  quads[2] = MK_OP(unpacklo_epi16)(ab_high, cd_high);
  quads[3] = MK_OP(unpackhi_epi16)(ab_high, cd_high);
}

/// The bounds of a requantization.
typedef struct MK_W(bounds) {
  MK_VF upper;
  MK_VI upper_bytes, lower_bytes;
} MK_W(bounds);

MK_INLINE MK_W(bounds) MK_W(bounds_of)(const mk_dwconv_u8 *conv) {
  return (MK_W(bounds)){MK_OP(set1_ps)(conv->upper), MK_OP(set1_epi8)((char)(uint8_t)conv->upper),
                        MK_OP(set1_epi8)((char)(uint8_t)conv->lower)};
}
