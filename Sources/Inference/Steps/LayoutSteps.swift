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
    } else if input.layout.pixelStride == layout.pixelStride || layout.order == .rowMajor {
      let range = part.range(of: layout.elementSpan)
      unsafe functions.quantize_u8(
        range.count, source + range.lowerBound, parameters.scale, parameters.zeroPoint, target + range.lowerBound)
    } else {
      for pixel in part.range(of: layout.pixels) {
        unsafe functions.quantize_u8(
          layout.channels, source + pixel * input.layout.pixelStride, parameters.scale, parameters.zeroPoint,
          target + pixel * layout.pixelStride)
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
    if input.layout.pixelStride == layout.pixelStride {
      let range = part.range(of: layout.elementSpan)
      unsafe functions.dequantize_u8(
        range.count, source + range.lowerBound, parameters.scale, parameters.zeroPoint, target + range.lowerBound)
    } else {
      for pixel in part.range(of: layout.pixels) {
        unsafe functions.dequantize_u8(
          layout.channels, source + pixel * input.layout.pixelStride, parameters.scale, parameters.zeroPoint,
          target + pixel * layout.pixelStride)
      }
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
