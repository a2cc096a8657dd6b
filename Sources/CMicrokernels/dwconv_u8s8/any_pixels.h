// Any window, pixel by pixel, in blocks of MK_WIDE channels and, at the end, of MK_NARROW, half as many. The including file
// defines both, MK_NAME, and block<width> for them; inside of its target attribute.
void MK_NAME(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end) {
  const mk_geometry *g = &conv->geometry;
  const mk_taps taps = mk_taps_prepare(conv, 4);
  for (size_t row = row_begin; row < row_end; ++row) {
    for (size_t x = 0; x < g->output_width; ++x) {
      uint8_t *y = conv->output + (row * g->output_width + x) * g->output_stride;
      mk_taps_aim(&taps, conv, row, x);
      size_t c = 0;
      for (; conv->channels - c >= MK_WIDE; c += MK_WIDE) MK_JOIN(block, MK_WIDE)(conv, &taps, c, y, 1);
      const size_t rest = conv->channels - c;
      if (rest > MK_NARROW) MK_JOIN(block, MK_WIDE)(conv, &taps, c, y, 0);
      if (rest == MK_NARROW) MK_JOIN(block, MK_NARROW)(conv, &taps, c, y, 1);
      if (rest > 0 && rest < MK_NARROW) MK_JOIN(block, MK_NARROW)(conv, &taps, c, y, 0);
    }
  }
}
