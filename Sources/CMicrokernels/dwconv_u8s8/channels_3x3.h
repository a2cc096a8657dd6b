// 3x3 windows in blocks of MK_WIDE channels and, at the end, of MK_NARROW, half as many. The including file defines both,
// MK_NAME, and block<width> for both widths; inside of its target attribute.
MK_INLINE void all_channels(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end, const mk_clamping clamping) {
  _Alignas(64) uint8_t padding[MK_WIDE];
  memset(padding, conv->zero_point, sizeof padding);
  size_t c = 0;
  for (; conv->channels - c >= MK_WIDE; c += MK_WIDE) {
    MK_JOIN(block, MK_WIDE)(conv, row_begin, row_end, c, padding, clamping, 1);
  }
  const size_t rest = conv->channels - c;
  if (rest > MK_NARROW) MK_JOIN(block, MK_WIDE)(conv, row_begin, row_end, c, padding, clamping, 0);
  if (rest == MK_NARROW) MK_JOIN(block, MK_NARROW)(conv, row_begin, row_end, c, padding, clamping, 1);
  if (rest > 0 && rest < MK_NARROW) MK_JOIN(block, MK_NARROW)(conv, row_begin, row_end, c, padding, clamping, 0);
}

void MK_NAME(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  switch (mk_clamping_of(conv->is_bounded, conv->lower, conv->upper)) {
    case MK_CLAMP_NONE: all_channels(conv, row_begin, row_end, MK_CLAMP_NONE); break;
    case MK_CLAMP_BYTES: all_channels(conv, row_begin, row_end, MK_CLAMP_BYTES); break;
    case MK_CLAMP_FLOATS: all_channels(conv, row_begin, row_end, MK_CLAMP_FLOATS); break;
  }
}
