// Inner loops of Octet's inference: C17 with SIMD intrinsics, a scalar twin of each, chosen at run time.
//
// Activations are NHWC: element (n, y, x, c) of a tensor lies at ((n * H + y) * W + x) * stride + c, where stride counts
// elements from pixel to pixel. Quantized activations are uint8 with one zero point, weights int8 in [-127, 127].
//
// Requantization, everywhere and on every instruction set, is exactly (float is IEEE binary32, fma rounds once, the
// rounding mode is to nearest, ties to even):
//     f = fma((float)accumulator, scale[column], offset[column])
//     f = fma((float)residual, residual_scale, f)            if there is a residual
//     y = min(max(round_to_nearest_even(f), lower), upper)   as uint8
// so results are the same bit for bit whatever the instruction set, the tile, the threads or the batch.
#ifndef OCTET_CMICROKERNELS_H
#define OCTET_CMICROKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Instruction sets, in rising order of preference on their architecture.
typedef enum mk_isa {
  MK_ISA_SCALAR = 0,
  MK_ISA_AVX2 = 1,        ///< AVX2 and FMA
  MK_ISA_AVXVNNI = 2,     ///< AVX2 with AVX-VNNI
  MK_ISA_AVX512VNNI = 3,  ///< AVX-512 F, BW, VL, DQ and VNNI
  MK_ISA_NEONDOT = 4,     ///< Armv8.2 with dot product
} mk_isa;

/// Whether this processor and operating system can run an instruction set.
int mk_isa_is_supported(mk_isa isa);

/// Tells the processor that a thread waits in a loop.
static inline void mk_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// A window sliding over a batch of NHWC images. Extents are at least 1, pads at least 0.
typedef struct mk_geometry {
  size_t batch, input_height, input_width, input_stride;
  size_t output_height, output_width, output_stride;
  size_t kernel_height, kernel_width, stride_height, stride_width, dilation_height, dilation_width;
  size_t pad_top, pad_left;
} mk_geometry;

// ---- Convolution and matrix multiplication, uint8 by int8 ----

/// What it takes to bring scaled accumulators into the bounds of a requantization.
typedef enum mk_clamping {
  MK_CLAMP_FLOATS,  ///< they may be beyond the range of int32
  MK_CLAMP_BYTES,   ///< converting them cannot overflow
  MK_CLAMP_NONE,    ///< nor are there bounds within 0...255
} mk_clamping;

/// What one tile computes: rows x nr columns of accumulators, requantized and stored.
typedef struct mk_tile_u8 {
  size_t rows;                  ///< 1 ... mr rows to store
  size_t columns;               ///< 1 ... nr columns to store
  size_t taps;                  ///< kernel positions
  size_t groups;                ///< groups of four channels a tap: ceil(K / 4)
  const uint8_t *const *rows_a; ///< taps x mr pointers, [tap * mr + row]; rows beyond `rows` repeat the last; each is
                                ///< readable for 4 * groups bytes
  const void *panel;            ///< what mk_gemm_u8_pack made for the kernel that runs
  const float *scale;           ///< nr values
  const float *offset;          ///< nr values: the output's zero point for uint8, the real offset for float
  void *output;                 ///< row r at output + r * output_stride elements
  size_t output_stride;
  const uint8_t *residual;      ///< NULL, or row r at residual + r * residual_stride (uint8 output only)
  size_t residual_stride;
  float residual_scale;
  float lower, upper;           ///< clamp: whole numbers in 0...255 for uint8; any, also infinite, for float output
  mk_clamping clamping;         ///< what it takes to keep the bounds, for uint8 output
  const char *ahead;            ///< memory that later tiles read; may be asked for while this one is computed: a line
  size_t ahead_step;            ///< at ahead + i * ahead_step for each step i of taps and groups
} mk_tile_u8;

/// A tile function; stores uint8, or float without rounding for the _f32 member.
typedef void (*mk_tile_u8_function)(const mk_tile_u8 *tile);

/// How a microkernel wants its panels laid out (see gemm_u8s8/packing.c).
typedef enum mk_gemm_u8_layout {
  MK_GEMM_U8_QUADS,   ///< int32 initial[nr], then int8 [taps][groups][nr][4]
  MK_GEMM_U8_SIGNED,  ///< the same, with initial accumulators for activations from which 128 is subtracted
  MK_GEMM_U8_PAIRED,  ///< channels regrouped so that the sum of two products fits in 16 bits
  MK_GEMM_U8_WORDS,   ///< weights as int16
} mk_gemm_u8_layout;

/// One entry of the table of uint8 GEMM microkernels.
typedef struct mk_gemm_u8_kernel {
  const char *name;             ///< as mk_gemm_u8s8_8x48__avx512vnni
  mk_isa isa;
  size_t mr, height, nr;        ///< rows of a tile, how many of them are computed at a time, and columns
  mk_gemm_u8_layout layout;
  mk_tile_u8_function run_u8;   ///< uint8 output
  mk_tile_u8_function run_f32;  ///< float output: fma((float)acc, scale, offset) clamped to lower...upper
} mk_gemm_u8_kernel;

/// The table of uint8 GEMM microkernels, all instruction sets that were compiled in.
const mk_gemm_u8_kernel *mk_gemm_u8_kernels(size_t *count);

/// A convolution (or a matrix product: 1x1 with height 1) with packed weights.
typedef struct mk_conv_u8 {
  mk_geometry geometry;         ///< input_stride in bytes; output_stride in elements of the output
  size_t channels;              ///< K: input channels read from each pixel
  size_t columns;               ///< N: output channels written
  const uint8_t *input;         ///< first pixel, at the first channel that this convolution reads
  const uint8_t *padding;       ///< 4 * ceil(channels / 4) + 64 bytes that hold the input's zero point
  const void *packed;           ///< packed panels of nr columns, mk_gemm_u8_panel_bytes each, in order
  const float *scale;           ///< ceil(columns / nr) * nr values
  const float *offset;          ///< ceil(columns / nr) * nr values
  void *output;
  int output_is_float;
  const uint8_t *residual;      ///< NULL or pixels of the output's shape, row stride residual_stride; may be the output
  size_t residual_stride;
  float residual_scale;
  float lower, upper;
  int is_bounded;               ///< what mk_gemm_u8_is_bounded says; 0 if in doubt
  const void *following;        ///< NULL, or what is read after this convolution, to be asked for
  size_t following_bytes;
} mk_conv_u8;

/// Whether no accumulator, whatever it is, leaves the range of int32 when it is scaled, so that conversion cannot overflow.
/// `residual_scale` is 0 if there is no residual.
int mk_gemm_u8_is_bounded(size_t columns, const float *scale, const float *offset, float residual_scale);

/// The bytes of one packed panel; of the layout QUADS nr * 4 + taps * ceil(channels / 4) * nr * 4.
size_t mk_gemm_u8_panel_bytes(const mk_gemm_u8_kernel *kernel, size_t taps, size_t channels);

/// Packs one panel for a kernel from one of the layout QUADS, whose weights for channels that there are not are zero.
void mk_gemm_u8_pack(const mk_gemm_u8_kernel *kernel, size_t taps, size_t channels, const void *quads, void *panel);

/// The most taps (kernel_height * kernel_width) that mk_conv_u8s8 and mk_conv_f32_run take.
size_t mk_conv_max_taps(void);

/// Computes output pixels row_begin ..< row_end (flat over batch, height, width) for panels panel_begin ..< panel_end.
///
/// Loops over tiles, makes the row pointers, and orders the loops so that what is reused stays in cache. Allocates nothing.
/// Results do not depend on how rows and panels are divided among calls.
void mk_conv_u8s8(const mk_gemm_u8_kernel *kernel, const mk_conv_u8 *conv, size_t row_begin, size_t row_end,
                  size_t panel_begin, size_t panel_end);

// ---- Convolution and matrix multiplication, float ----

typedef struct mk_tile_f32 {
  size_t rows, columns, taps, channels;
  const float *const *rows_a;   ///< taps x pointers of the kernel, readable for `channels` floats
  const float *panel;           ///< float initial[nr], then [taps][channels][nr]
  float *output;
  size_t output_stride;
  const float *residual;        ///< NULL or added before the clamp
  size_t residual_stride;
  float lower, upper;
  const char *ahead;            ///< memory that later tiles read; may be asked for while this one is computed: a line
  size_t ahead_step;            ///< at ahead + i * ahead_step for each step i of taps and channels
} mk_tile_f32;

typedef void (*mk_tile_f32_function)(const mk_tile_f32 *tile);

typedef struct mk_gemm_f32_kernel {
  const char *name;             ///< as mk_gemm_f32_14x32__avx512vnni
  mk_isa isa;
  size_t mr;                    ///< rows of a tile; the last one may take in more, as many whole heights as have pointers
  size_t pointers;              ///< row pointers of a tap, of which those behind the last row repeat it
  size_t height, nr;            ///< rows that are computed at a time, and columns
  mk_tile_f32_function run;
} mk_gemm_f32_kernel;

const mk_gemm_f32_kernel *mk_gemm_f32_kernels(size_t *count);

typedef struct mk_conv_f32 {
  mk_geometry geometry;         ///< strides in floats
  size_t channels, columns;
  const float *input;
  const float *padding;         ///< channels zeros
  const float *packed;          ///< panels of nr * (1 + taps * channels) floats
  float *output;
  const float *residual;
  size_t residual_stride;
  float lower, upper;
} mk_conv_f32;

void mk_conv_f32_run(const mk_gemm_f32_kernel *kernel, const mk_conv_f32 *conv, size_t row_begin, size_t row_end,
                     size_t panel_begin, size_t panel_end);

// ---- Winograd convolution, float: 3x3 windows of stride 1 and dilation 1 by tiles of outputs ----

/// A convolution as products in the transformed domain. Between the two transforms stands, for each of the
/// (tile + 2)^2 positions, the product of the transformed pixels [tiles][channels] with the transformed weights
/// [channels][columns].
typedef struct mk_winograd_f32 {
  mk_geometry geometry;         ///< strides in floats
  size_t channels, columns;
  const float *input;
  const float *bias;            ///< columns values
  const float *residual;        ///< NULL or added before the clamp
  size_t residual_stride;
  float *output;
  float lower, upper;
} mk_winograd_f32;

/// Transforms the pixels under tiles tile_begin ..< tile_end (flat over batch, tile rows and tile columns) to
/// v[position][tile - tile_begin][channel].
typedef void (*mk_winograd_f32_input_function)(const mk_winograd_f32 *conv, size_t tile_begin, size_t tile_end, float *v);

/// Transforms products m[position][tile - tile_begin][column] to output pixels, with bias, residual and clamp.
typedef void (*mk_winograd_f32_output_function)(const mk_winograd_f32 *conv, size_t tile_begin, size_t tile_end,
                                                const float *m);

typedef struct mk_winograd_f32_kernel {
  const char *name;             ///< as mk_winograd_f32_4__avx512vnni
  mk_isa isa;
  size_t tile;                  ///< side of a tile of outputs: 2 or 4
  mk_winograd_f32_input_function transform_input;
  mk_winograd_f32_output_function transform_output;
} mk_winograd_f32_kernel;

const mk_winograd_f32_kernel *mk_winograd_f32_kernels(size_t *count);

/// The floats of the packed weights: for each position the panels of a float GEMM microkernel of nr columns.
size_t mk_winograd_f32_packed_floats(size_t tile, size_t nr, size_t channels, size_t columns);

/// Transforms weights [columns][channels][3][3], in double precision, and packs them.
void mk_winograd_f32_pack(size_t tile, size_t nr, size_t channels, size_t columns, const float *weights, float *packed);

// ---- Depthwise convolution: output channel c reads input channel c only ----

typedef struct mk_dwconv_u8 {
  mk_geometry geometry;         ///< strides in bytes
  size_t channels;
  const uint8_t *input;
  uint8_t zero_point;           ///< of the input: what padding holds
  const void *packed;           ///< what mk_dwconv_u8_pack made for the kernel that runs
  uint8_t *output;
  float lower, upper;
  int is_bounded;               ///< what mk_dwconv_u8_is_bounded says
  void *scratch;                ///< mk_dwconv_u8_scratch_bytes bytes, 64-byte aligned, one a thread
} mk_dwconv_u8;

/// Scratch bytes that one thread needs, whatever the kernel.
size_t mk_dwconv_u8_scratch_bytes(const mk_geometry *geometry, size_t channels);

/// Computes output rows row_begin ..< row_end (flat over batch and height).
typedef void (*mk_dwconv_u8_function)(const mk_dwconv_u8 *conv, size_t row_begin, size_t row_end);

/// How a depthwise kernel wants its weights laid out (see dwconv_u8s8/packing.c).
typedef enum mk_dwconv_u8_layout {
  MK_DWCONV_U8_PLANAR,
  MK_DWCONV_U8_PAIRS,
  MK_DWCONV_U8_CROSSES,
  MK_DWCONV_U8_QUADS,
  MK_DWCONV_U8_COLUMNS,
  MK_DWCONV_U8_NARROW_QUADS,
  MK_DWCONV_U8_NARROW_COLUMNS,
  MK_DWCONV_U8_SIGNED_QUADS,
  MK_DWCONV_U8_SIGNED_COLUMNS,
} mk_dwconv_u8_layout;

typedef struct mk_dwconv_u8_kernel {
  const char *name;             ///< as mk_dwconv_u8s8_3x3s1__avx512vnni, or mk_dwconv_u8s8_any__scalar
  mk_isa isa;
  size_t kernel_height, kernel_width, stride;  ///< what it is made for, dilation 1 then; 0 stands for any
  mk_dwconv_u8_layout layout;
  mk_dwconv_u8_function run;
} mk_dwconv_u8_kernel;

/// The table of uint8 depthwise microkernels; of those that fit a convolution the last of an instruction set is fastest.
const mk_dwconv_u8_kernel *mk_dwconv_u8_kernels(size_t *count);

/// The bytes of a kernel's packed weights, initial accumulators, scales and offsets; for a multiple of MK_DWCONV_BLOCK
/// channels also where the following ones begin among those of more channels.
size_t mk_dwconv_u8_packed_bytes(const mk_dwconv_u8_kernel *kernel, size_t taps, size_t channels);

/// Packs for a kernel, 64-byte aligned.
///
/// weights: [taps][channels], row-major taps. initial: bias - zero_point * sum of the channel's weights, `channels` values
/// as scale and offset.
void mk_dwconv_u8_pack(const mk_dwconv_u8_kernel *kernel, size_t taps, size_t channels, const int8_t *weights,
                       const int32_t *initial, const float *scale, const float *offset, void *packed);

/// Whether no scaled accumulator can leave the range of int32, so that conversion cannot overflow.
int mk_dwconv_u8_is_bounded(size_t taps, size_t channels, const int32_t *initial, const float *scale,
                            const float *offset);

enum { MK_DWCONV_BLOCK = 64 };  // channels that start at a multiple of these can be computed by themselves

typedef struct mk_dwconv_f32 {
  mk_geometry geometry;         ///< strides in floats
  size_t channels;
  const float *input;
  const float *weights;         ///< [taps][weights_stride]
  size_t weights_stride;        ///< all channels, rounded up to 16
  const float *bias;            ///< channels rounded up to 16
  float *output;
  float lower, upper;
} mk_dwconv_f32;

typedef void (*mk_dwconv_f32_function)(const mk_dwconv_f32 *conv, size_t row_begin, size_t row_end);

typedef struct mk_dwconv_f32_kernel {
  const char *name;
  mk_isa isa;
  mk_dwconv_f32_function run;
} mk_dwconv_f32_kernel;

const mk_dwconv_f32_kernel *mk_dwconv_f32_kernels(size_t *count);

// ---- Loops over pixels and vectors: one table of functions an instruction set ----

typedef struct mk_pool {
  mk_geometry geometry;         ///< strides in elements
  size_t channels;
  const void *input;
  void *output;
  int count_includes_padding;   ///< average only; the divisor then is the window cut to the padded input
  size_t pad_bottom, pad_right; ///< how far the padded input reaches
  uint8_t zero_point;           ///< uint8 average that counts padding only: what padding holds
  float scale, offset;          ///< uint8 average only: y = round(fma((float)sum, scale / count, offset)) clamped to 0...255
} mk_pool;

/// Functions of one number; alpha and beta are those of the ONNX operators. EXP may be infinite from 87.3 on.
typedef enum mk_unary {
  MK_UNARY_SIGMOID,
  MK_UNARY_TANH,
  MK_UNARY_HARD_SIGMOID,
  MK_UNARY_HARD_SWISH,
  MK_UNARY_LEAKY_RELU,
  MK_UNARY_ELU,
  MK_UNARY_EXP,
} mk_unary;

/// What sum_channels_f32 finds of each channel.
typedef struct mk_channel_sums {
  float *least, *greatest;  // of x; NaN is passed over
  double *sum, *squares;    // of x clamped, and of its square
  double *inside;           // how many lie between the bounds, without them
} mk_channel_sums;

enum { MK_SUM_BLOCK = 64 };  // pixels that sum_channels_f32 sums in float before it goes on in double

typedef struct mk_vector_functions {
  mk_isa isa;
  /// y = saturate(round_even(x / scale) + zero_point): the QuantizeLinear of ONNX; NaN gives the zero point.
  void (*quantize_u8)(size_t count, const float *x, float scale, int32_t zero_point, uint8_t *y);
  /// y = (x - zero_point) * scale
  void (*dequantize_u8)(size_t count, const uint8_t *x, float scale, int32_t zero_point, float *y);
  /// y = requantize(x): round(fma((float)x, scale, offset)) clamped to lower...upper
  void (*rescale_u8)(size_t count, const uint8_t *x, float scale, float offset, float lower, float upper, uint8_t *y);
  /// y = clamp(round(fma((float)b, scale_b, fma((float)a, scale_a, offset))))
  void (*add_u8)(size_t count, const uint8_t *a, const uint8_t *b, float scale_a, float scale_b, float offset, float lower,
                 float upper, uint8_t *y);
  /// y = clamp(a + b, lower, upper)
  void (*add_f32)(size_t count, const float *a, const float *b, float lower, float upper, float *y);
  /// y = clamp(a * b, lower, upper)
  void (*multiply_f32)(size_t count, const float *a, const float *b, float lower, float upper, float *y);
  /// y = clamp(x, lower, upper); NaN stays NaN
  void (*clamp_f32)(size_t count, const float *x, float lower, float upper, float *y);
  /// y = kind(x), within 4e-7 of the larger of 1 and the result; NaN stays NaN
  void (*unary_f32)(mk_unary kind, size_t count, const float *x, float alpha, float beta, float *y);
  /// y = table[x], where the table has 256 entries
  void (*lookup_u8)(size_t count, const uint8_t *x, const uint8_t *table, uint8_t *y);
  /// y = requantize((a - zero_a) * (b - zero_b)), zero points in 0...255
  void (*multiply_u8)(size_t count, const uint8_t *a, const uint8_t *b, int32_t zero_a, int32_t zero_b, float scale,
                      float offset, float lower, float upper, uint8_t *y);
  /// pixels x channels: y = clamp(fma(x, scale[c], bias[c])); the pixels of x and y have strides of their own.
  void (*scale_channels_f32)(size_t pixels, size_t channels, size_t x_stride, const float *x, const float *scale,
                             const float *bias, float lower, float upper, size_t y_stride, float *y);
  /// pixels x channels: y = requantize(x): round(fma((float)x, scale[c], offset[c])) clamped to lower...upper
  void (*rescale_channels_u8)(size_t pixels, size_t channels, size_t x_stride, const uint8_t *x, const float *scale,
                              const float *offset, float lower, float upper, size_t y_stride, uint8_t *y);
  /// pixels x channels: y[j * groups + g] = x[g * channels / groups + j], where groups divides channels.
  void (*shuffle_channels_u8)(size_t pixels, size_t channels, size_t groups, size_t x_stride, const uint8_t *x,
                              size_t y_stride, uint8_t *y);
  void (*shuffle_channels_f32)(size_t pixels, size_t channels, size_t groups, size_t x_stride, const float *x,
                               size_t y_stride, float *y);
  /// softmax over `count` neighbours, the maximum subtracted first; sums in double.
  void (*softmax_f32)(size_t count, const float *x, float *y);
  /// pixels that lie in planes, `plane` floats apart, to pixels [pixels][stride]; elements behind the channels are not
  /// written.
  void (*planes_to_pixels_f32)(size_t pixels, size_t channels, size_t plane, const float *x, size_t stride, float *y);
  /// the same with QuantizeLinear on the way.
  void (*planes_to_pixels_u8)(size_t pixels, size_t channels, size_t plane, const float *x, float scale,
                              int32_t zero_point, size_t stride, uint8_t *y);
  /// pixels [pixels][stride] to planes [channels][pixels].
  void (*pixels_to_planes_f32)(size_t pixels, size_t channels, size_t stride, const float *x, float *y);
  /// Rows row_begin ..< row_end (flat over batch and output height).
  void (*max_pool_u8)(const mk_pool *pool, size_t row_begin, size_t row_end);
  void (*max_pool_f32)(const mk_pool *pool, size_t row_begin, size_t row_end);
  void (*average_pool_u8)(const mk_pool *pool, size_t row_begin, size_t row_end);
  void (*average_pool_f32)(const mk_pool *pool, size_t row_begin, size_t row_end);
  /// sums[c] = sum over pixels, exact in 32 bits for up to 2^24 / 255 pixels (Swift splits larger ones).
  void (*sum_pixels_u8)(size_t pixels, size_t channels, size_t stride, const uint8_t *x, uint32_t *sums);
  /// y = (float)((sum / pixels - zero_point) * scale), computed in double: means of the numbers that bytes stand for.
  void (*means_of_sums)(size_t count, const double *sums, double pixels, float scale, int32_t zero_point, float *y);
  /// means[c] = sum over pixels / pixels; sums in double.
  void (*mean_pixels_f32)(size_t pixels, size_t channels, size_t stride, const float *x, float *means);
  /// Extrema, sums and counts of each channel, with x clamped to lower...upper for the sums; a sum is NaN if an x is. The
  /// lower bound is below the upper one; the order of summing is the same on every instruction set.
  void (*sum_channels_f32)(size_t pixels, size_t channels, size_t stride, const float *x, float lower, float upper,
                           const mk_channel_sums *sums);
  /// Local response normalization over channels: y = x / (bias + alpha / size * sum of squares)^beta.
  void (*lrn_f32)(size_t pixels, size_t channels, size_t stride, const float *x, size_t size, float alpha, float beta,
                  float bias, float *y);
  /// minimum and maximum of the elements; NaN is passed over, +inf and -inf if there is nothing else. count is at least 1.
  void (*range_f32)(size_t count, const float *x, float *minimum, float *maximum);
} mk_vector_functions;

/// The functions of an instruction set; those that gain nothing from it are the scalar ones.
const mk_vector_functions *mk_vector_functions_for(mk_isa isa);

#endif
