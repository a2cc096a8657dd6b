#include "../common/loop_order.h"
#include "../common/row_pointers.h"

void mk_conv_f32_run(const mk_gemm_f32_kernel *kernel, const mk_conv_f32 *conv, size_t row_begin, size_t row_end,
                     size_t panel_begin, size_t panel_end) {
  const void *pointers[MK_MAX_ROW_POINTERS];
  const mk_geometry *g = &conv->geometry;
  const size_t mr = kernel->mr, nr = kernel->nr, most = kernel->pointers - kernel->pointers % kernel->height;
  mk_tile_f32 tile = {
      .taps = g->kernel_height * g->kernel_width,
      .channels = conv->channels,
      .rows_a = (const float *const *)pointers,
      .output_stride = g->output_stride,
      .residual_stride = conv->residual_stride,
      .lower = conv->lower,
      .upper = conv->upper,
  };
  const size_t panel_floats = nr * (1 + tile.taps * conv->channels);
  const mk_loop_order order = mk_loop_order_for(g, panel_floats * sizeof(float) * (panel_end - panel_begin),
                                                g->input_stride * sizeof(float), row_end - row_begin, mr);
  size_t filled = row_end;
  for (size_t begin = row_begin, end; begin < row_end; begin = end) {
    const int is_first = begin == row_begin;
    end = mk_min(begin + (is_first ? order.first : order.others), row_end);
    if (row_end - end <= most - mr) end = row_end;
    const size_t tiles = (end - begin + mr - 1) / mr;
    for (size_t panel = panel_begin; panel < panel_end; ++panel) {
      const size_t column = panel * nr;
      if (column >= conv->columns) break;
      tile.columns = mk_min(nr, conv->columns - column);
      tile.panel = conv->packed + panel * panel_floats;
      // Behind the last panel lies, in Winograd's domain, the next matrix.
      const size_t following = panel + 1 < panel_end || end == row_end ? panel + 1 : panel_begin;
      mk_lookahead look = {(const char *)tile.panel, 0, 0};
      if (order.weights_are_far || is_first) {
        look = mk_look_ahead(conv->packed + following * panel_floats, panel_floats * sizeof(float), tiles, tile.taps * tile.channels);
      }
      tile.ahead_step = look.step;
      tile.ahead = look.next;
      for (size_t row = begin; row < end; row += tile.rows, tile.ahead += look.per_tile) {
        tile.rows = end - row <= most ? end - row : mr;
        if (filled != row) {
          mk_fill_row_pointers(g, conv->input, conv->padding, g->input_stride * sizeof(float), row, tile.rows,
                               kernel->pointers, pointers);
          filled = row;
        }
        tile.output = conv->output + row * g->output_stride + column;
        tile.residual = conv->residual ? conv->residual + row * conv->residual_stride + column : NULL;
        kernel->run(&tile);
      }
    }
  }
}
