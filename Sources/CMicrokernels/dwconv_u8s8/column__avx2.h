// Columns of three pixels of MK_WIDTH channels. Included once for each width, behind width__avx2.h.
/// The pixels of the column that `rows` is at, or padding if it is outside of the image; goes on to the next column.
MK_INLINE void MK_W(column)(input_rows *rows, const int inside, const uint8_t *padding, const int whole, size_t count,
                            MK_VI pixel[3]) {
  MK_UNROLL for (int ky = 0; ky < 3; ++ky) {
    pixel[ky] = MK_W(load)(inside ? rows->row[ky] : padding, whole, count);
    rows->row[ky] += rows->step[ky];
  }
}
