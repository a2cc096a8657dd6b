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
        unsafe functions.planes_to_pixels_f32(
          plane, share.count, plane, source + planes, stride, target + pixels)
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
      for image in 0..<layout.batch {
        let pixels = part.range(of: plane)
        unsafe functions.planes_to_pixels_u8(
          pixels.count, layout.channels, plane, source + image * plane * layout.channels + pixels.lowerBound,
          parameters.scale, parameters.zeroPoint, layout.pixelStride,
          target + (image * plane + pixels.lowerBound) * layout.pixelStride)
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

/// Floats in row-major order, taken with other distances along the axes: a transposition or a part of a tensor.
struct StridedCopyStep: PlanStep {
  let nodes: [String]
  let operation: String
  let input: Location
  let output: Location
  /// The element of the input that the output begins with.
  let first: Int
  /// For each axis of the output, by how many elements its neighbours are apart in the input.
  let strides: [Int]

  var kernel: String { "copy_strided" }
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
      var start = first
      for axis in stride(from: extents.count - 2, through: 0, by: -1) {
        start += rest % extents[axis] * strides[axis]
        rest /= extents[axis]
      }
      for index in 0..<inner { unsafe target[row * inner + index] = source[start + index * innerStride] }
    }
  }
}

/// Floats in row-major order side by side along an axis.
struct JoinStep: PlanStep {
  let nodes: [String]
  let inputs: [Location]
  let output: Location
  /// How many elements of each input stand together.
  let runs: [Int]

  var operation: String { "Concat" }
  var kernel: String { "copy_runs" }
  var reads: [Location] { inputs }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let turn = runs.reduce(0, +)
    guard turn > 0 else { return }
    let target = unsafe context.pointer(output, Float.self)
    for index in part.range(of: output.layout.shape.elementCount / turn) {
      var place = index * turn
      for (input, run) in zip(inputs, runs) {
        unsafe (target + place).update(from: context.pointer(input, Float.self) + index * run, count: run)
        place += run
      }
    }
  }
}

/// An operation on a tensor of floats in row-major order and constants, of which each image gets the same.
struct ConstantOperandStep: PlanStep {
  /// `subtractFrom` takes the tensor from the constants, `divide` divides it by them.
  enum Kind: String { case add, multiply, subtract, subtractFrom, divide }

  let nodes: [String]
  let operation: String
  let kind: Kind
  let input: Location
  let output: Location
  /// Floats, one for each element of an image.
  let constants: AlignedBuffer
  let count: Int
  let lower: Float
  let upper: Float

  var kernel: String { "\(kind.rawValue)_constants_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (x, y) = unsafe (context.pointer(input, Float.self), context.pointer(output, Float.self))
    let c = unsafe constants.pointer(Float.self)
    for index in part.range(of: output.layout.shape.elementCount) {
      let (a, b) = unsafe (x[index], c[index % count])
      let value =
        switch kind {
        case .add: a + b
        case .multiply: a * b
        case .subtract: a - b
        case .subtractFrom: b - a
        case .divide: a / b
        }
      // Comparisons with what is not a number are false, and leave it.
      unsafe y[index] = value < lower ? lower : value > upper ? upper : value
    }
  }
}
