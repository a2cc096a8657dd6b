internal import CMicrokernels
internal import Tensors

/// Floats from planes (row-major [N, C, H, W]) to pixels (channels last), or back.
struct LayoutStep: PlanStep {
  let nodes: [String]
  let vectors: VectorMicrokernels
  let input: Location
  let output: Location

  var operation: String { "Reorder" }
  var kernel: String { toPixels ? "planes_to_pixels_f32" : "pixels_to_planes_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }
  private var toPixels: Bool { output.layout.order == .channelsLast }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let pixelLayout = toPixels ? output.layout : input.layout
    let plane = pixelLayout.height * pixelLayout.width
    let source = unsafe context.pointer(input, Float.self)
    let target = unsafe context.pointer(output, Float.self)
    let functions = vectors.functions
    let (channels, stride) = (pixelLayout.channels, pixelLayout.pixelStride)
    part.forEachImage(pixelLayout.batch, channels: channels, tile: 16) { image, share in
      let planes = (image * channels + share.lowerBound) * plane
      let pixels = image * plane * stride + share.lowerBound
      if toPixels {
        unsafe functions.planes_to_pixels_f32(plane, share.count, source + planes, stride, target + pixels)
      } else {
        unsafe functions.pixels_to_planes_f32(plane, share.count, stride, source + pixels, target + planes)
      }
    }
  }
}

/// QuantizeLinear to uint8 with channels last, from floats in either order.
struct QuantizeStep: PlanStep {
  let nodes: [String]
  let vectors: VectorMicrokernels
  let input: Location
  let parameters: TensorQuantization
  let output: Location

  var operation: String { "QuantizeLinear" }
  var kernel: String { input.layout.order == .rowMajor ? "planes_to_pixels_u8" : "quantize_u8" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(input.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let layout = output.layout
    let source = unsafe context.pointer(input, Float.self)
    let target = unsafe context.pointer(output, UInt8.self)
    let functions = vectors.functions
    if input.layout.order == .rowMajor, layout.order == .channelsLast {
      let plane = layout.height * layout.width
      for image in part.range(of: layout.batch) {
        unsafe functions.planes_to_pixels_u8(
          plane, layout.channels, source + image * plane * layout.channels, parameters.scale, parameters.zeroPoint,
          layout.pixelStride, target + image * plane * layout.pixelStride)
      }
    } else {
      part.forEachRun(layout, input.layout, input.layout) { count, start, starts in
        unsafe functions.quantize_u8(
          count, source + starts.0, parameters.scale, parameters.zeroPoint, target + start)
      }
    }
  }
}

/// DequantizeLinear from uint8 to floats, both with channels last.
struct DequantizeStep: PlanStep {
  let nodes: [String]
  let vectors: VectorMicrokernels
  let input: Location
  let parameters: TensorQuantization
  let output: Location

  var operation: String { "DequantizeLinear" }
  var kernel: String { "dequantize_u8" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let layout = output.layout
    let source = unsafe context.pointer(input, UInt8.self)
    let target = unsafe context.pointer(output, Float.self)
    let functions = vectors.functions
    part.forEachRun(layout, input.layout, input.layout) { count, start, starts in
      unsafe functions.dequantize_u8(
        count, source + starts.0, parameters.scale, parameters.zeroPoint, target + start)
    }
  }
}

/// Channels dealt out group by group, with channels last: see `ChannelShuffle`.
struct ChannelShuffleStep: PlanStep {
  let nodes: [String]
  let vectors: VectorMicrokernels
  let groups: Int
  let input: Location
  let output: Location

  var operation: String { "ChannelShuffle" }
  var kernel: String { isQuantized ? "shuffle_channels_u8" : "shuffle_channels_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }
  private var isQuantized: Bool { output.layout.elementType == .uint8 }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (source, target) = (input.layout, output.layout)
    let pixels = part.range(of: target.pixels)
    let (from, to) = (pixels.lowerBound * source.pixelStride, pixels.lowerBound * target.pixelStride)
    let functions = vectors.functions
    if isQuantized {
      unsafe functions.shuffle_channels_u8(
        pixels.count, target.channels, groups, source.pixelStride, context.pointer(input, UInt8.self) + from,
        target.pixelStride, context.pointer(output, UInt8.self) + to)
    } else {
      unsafe functions.shuffle_channels_f32(
        pixels.count, target.channels, groups, source.pixelStride, context.pointer(input, Float.self) + from,
        target.pixelStride, context.pointer(output, Float.self) + to)
    }
  }
}

/// Floats in row-major order with their axes exchanged.
struct TransposeStep: PlanStep {
  let nodes: [String]
  let input: Location
  let output: Location
  /// For each axis of the output, by how many elements its neighbours are apart in the input.
  let strides: [Int]

  /// - Parameter permutation: axis `i` of the output is axis `permutation[i]` of the input.
  init(nodes: [String], input: Location, output: Location, permutation: [Int]) {
    self.nodes = nodes
    self.input = input
    self.output = output
    let inputStrides = input.layout.shape.rowMajorStrides
    strides = permutation.map { inputStrides[$0] }
  }

  var operation: String { "Transpose" }
  var kernel: String { "permute" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let extents = output.layout.shape.dimensions
    guard let inner = extents.last, let innerStride = strides.last, inner > 0 else { return }
    let source = unsafe context.pointer(input, Float.self)
    let target = unsafe context.pointer(output, Float.self)
    for row in part.range(of: output.layout.shape.elementCount / inner) {
      var rest = row
      var start = 0
      for axis in stride(from: extents.count - 2, through: 0, by: -1) {
        start += rest % extents[axis] * strides[axis]
        rest /= extents[axis]
      }
      for index in 0..<inner { unsafe target[row * inner + index] = source[start + index * innerStride] }
    }
  }
}
