#include "../common/loop_order.h"
#include "../common/row_pointers.h"

int mk_gemm_u8_is_bounded(size_t columns, const float *scale, const float *offset, float residual_scale) {
  for (size_t n = 0; n < columns; ++n) {
    const double accumulator = 2147483648.0 * fabs((double)scale[n]);
    const double limit = accumulator + fabs((double)offset[n]) + 255.0 * fabs((double)residual_scale);
    if (!(limit < MK_BOUND)) return 0;
  }
  return 1;
}

void mk_conv_u8s8(const mk_gemm_u8_kernel *kernel, const mk_conv_u8 *conv, size_t row_begin, size_t row_end,
                  size_t panel_begin, size_t panel_end) {
  const void *pointers[MK_MAX_ROW_POINTERS];
  const mk_geometry *g = &conv->geometry;
  const size_t mr = kernel->mr, nr = kernel->nr;
  const size_t element = conv->output_is_float ? sizeof(float) : 1;
  const mk_tile_u8_function run = conv->output_is_float ? kernel->run_f32 : kernel->run_u8;
  mk_tile_u8 tile = {
      .taps = g->kernel_height * g->kernel_width,
      .groups = (conv->channels + 3) / 4,
      .rows_a = (const uint8_t *const *)pointers,
      .output_stride = g->output_stride,
      .residual_stride = conv->residual_stride,
      .residual_scale = conv->residual_scale,
      .lower = conv->lower,
      .upper = conv->upper,
      .clamping = mk_clamping_of(conv->is_bounded, conv->lower, conv->upper),
  };
  const size_t panel_bytes = mk_gemm_u8_panel_bytes(kernel, tile.taps, conv->channels);
  const mk_loop_order order =
      mk_loop_order_for(g, panel_bytes * (panel_end - panel_begin), g->input_stride, row_end - row_begin, mr);
  // What is read next is asked for while the last panel, or with weights that stay in cache the last tile, is multiplied.
  const size_t following_share = mk_round_up(conv->following_bytes / mk_max(panel_end - panel_begin, 1), 64);
  size_t filled = row_end;
  for (size_t begin = row_begin, end; begin < row_end; begin = end) {
    const int is_first = begin == row_begin;
    end = mk_min(begin + (is_first ? order.first : order.others), row_end);
    const size_t tiles = (end - begin + mr - 1) / mr;
    for (size_t panel = panel_begin; panel < panel_end; ++panel) {
      const size_t column = panel * nr;
      if (column >= conv->columns) break;
      tile.columns = mk_min(nr, conv->columns - column);
      tile.panel = (const char *)conv->packed + panel * panel_bytes;
      tile.scale = conv->scale + column;
      tile.offset = conv->offset + column;
      const size_t steps = tile.taps * tile.groups;
      const int is_last = panel + 1 == panel_end;
      mk_lookahead look = {tile.panel, 0, 0};
      const int looks_far = order.weights_are_far || is_first;
      if (end == row_end && (is_last || !looks_far)) {
        const size_t share = looks_far ? conv->following_bytes : following_share;
        const size_t first = looks_far ? 0 : (panel - panel_begin) * share;
        if (conv->following) look = mk_look_ahead((const char *)conv->following + first, share, tiles, steps);
      } else if (looks_far) {
        const size_t next = is_last ? panel_begin : panel + 1;
        look = mk_look_ahead((const char *)conv->packed + next * panel_bytes, panel_bytes, tiles, steps);
      }
      tile.ahead_step = look.step;
      tile.ahead = look.next;
      for (size_t row = begin; row < end; row += mr, tile.ahead += look.per_tile) {
        tile.rows = mk_min(mr, end - row);
        if (filled != row) {
          mk_fill_row_pointers(g, conv->input, conv->padding, g->input_stride, row, tile.rows, mr, pointers);
          filled = row;
        }
        tile.output = (char *)conv->output + (row * g->output_stride + column) * element;
        tile.residual = conv->residual ? conv->residual + row * conv->residual_stride + column : NULL;
        run(&tile);
      }
    }
  }
}
