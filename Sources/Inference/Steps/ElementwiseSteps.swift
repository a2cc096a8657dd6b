internal import CMicrokernels
internal import Tensors

/// An operation on the elements of one or two float tensors of the same layout.
struct ElementwiseStepF32: PlanStep {
  /// What is done before the clamp.
  enum Kind: String { case clamp, add, multiply, subtract, divide }

  let nodes: [String]
  let operation: String
  let kind: Kind
  let vectors: VectorMicrokernels
  let inputs: [Location]
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { "\(kind.rawValue)_f32" }
  var reads: [Location] { inputs }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let target = unsafe context.pointer(output, Float.self)
    let first = unsafe context.pointer(inputs[0], Float.self)
    let last = inputs[inputs.count - 1]
    let second = unsafe context.pointer(last, Float.self)
    let functions = vectors.functions
    let (kind, lower, upper) = (kind, lower, upper)
    part.forEachRun(output.layout, inputs[0].layout, last.layout) { count, start, starts in
      let (a, y) = unsafe (first + starts.0, target + start)
      switch kind {
      case .clamp: unsafe functions.clamp_f32(count, a, lower, upper, y)
      case .add: unsafe functions.add_f32(count, a, second + starts.1, lower, upper, y)
      case .multiply: unsafe functions.multiply_f32(count, a, second + starts.1, lower, upper, y)
      case .subtract, .divide:
        let b = unsafe second + starts.1
        for index in 0..<count {
          let value = unsafe kind == .subtract ? a[index] - b[index] : a[index] / b[index]
          // Comparisons with what is not a number are false, and leave it.
          unsafe y[index] = value < lower ? lower : value > upper ? upper : value
        }
      }
    }
  }
}

/// y = clamp(x * scale[channel] + bias[channel]) on floats with channels last.
struct ChannelScaleStep: PlanStep {
  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  let scale: AlignedBuffer
  let bias: AlignedBuffer
  let input: Location
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { "scale_channels_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (source, target) = (input.layout, output.layout)
    let pixels = part.range(of: target.pixels)
    unsafe vectors.functions.scale_channels_f32(
      pixels.count, target.channels, source.pixelStride,
      context.pointer(input, Float.self) + pixels.lowerBound * source.pixelStride, scale.pointer(Float.self),
      bias.pointer(Float.self), lower, upper, target.pixelStride,
      context.pointer(output, Float.self) + pixels.lowerBound * target.pixelStride)
  }
}

/// y = clamp(x * scale[channel] + bias[channel]) between two quantizations, with channels last.
struct ChannelRescaleStep: PlanStep {
  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  /// Of the quantized numbers.
  let scale: AlignedBuffer
  let offset: AlignedBuffer
  let input: Location
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { "rescale_channels_u8" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (source, target) = (input.layout, output.layout)
    let pixels = part.range(of: target.pixels)
    unsafe vectors.functions.rescale_channels_u8(
      pixels.count, target.channels, source.pixelStride,
      context.pointer(input, UInt8.self) + pixels.lowerBound * source.pixelStride, scale.pointer(Float.self),
      offset.pointer(Float.self), lower, upper, target.pixelStride,
      context.pointer(output, UInt8.self) + pixels.lowerBound * target.pixelStride)
  }
}

/// A quantized sum of two tensors, requantized.
struct AddStepU8: PlanStep {
  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  let inputs: (Location, Location)
  let scales: (Float, Float)
  let offset: Float
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { "add_u8" }
  var reads: [Location] { [inputs.0, inputs.1] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (a, b) = unsafe (context.pointer(inputs.0, UInt8.self), context.pointer(inputs.1, UInt8.self))
    let y = unsafe context.pointer(output, UInt8.self)
    let functions = vectors.functions
    part.forEachRun(output.layout, inputs.0.layout, inputs.1.layout) { count, start, starts in
      unsafe functions.add_u8(
        count, a + starts.0, b + starts.1, scales.0, scales.1, offset, lower, upper, y + start)
    }
  }
}

/// A quantized tensor under other parameters, clamped: an activation between two quantizations.
struct RescaleStep: PlanStep {
  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  let input: Location
  let scale: Float
  let offset: Float
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { "rescale_u8" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (x, y) = unsafe (context.pointer(input, UInt8.self), context.pointer(output, UInt8.self))
    let functions = vectors.functions
    part.forEachRun(output.layout, input.layout, input.layout) { count, start, starts in
      unsafe functions.rescale_u8(count, x + starts.0, scale, offset, lower, upper, y + start)
    }
  }
}

/// Softmax over neighbouring floats.
struct SoftmaxStep: PlanStep {
  let nodes: [String]
  let vectors: VectorMicrokernels
  let input: Location
  let output: Location
  /// Elements that one distribution has.
  let count: Int

  var operation: String { "Softmax" }
  var kernel: String { "softmax_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { 8 * Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    guard count > 0 else { return }
    let functions = vectors.functions
    for row in part.range(of: output.layout.shape.elementCount / count) {
      unsafe functions.softmax_f32(
        count, context.pointer(input, Float.self) + row * count, context.pointer(output, Float.self) + row * count)
    }
  }
}

/// Local response normalization over the channels of floats with channels last.
struct LRNStep: PlanStep {
  let nodes: [String]
  let vectors: VectorMicrokernels
  let size: Int
  let alpha: Float
  let beta: Float
  let bias: Float
  let input: Location
  let output: Location

  var operation: String { "LRN" }
  var kernel: String { "lrn_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { 8 * Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (x, y) = unsafe (context.pointer(input, Float.self), context.pointer(output, Float.self))
    let (source, target) = (input.layout, output.layout)
    let functions = vectors.functions
    let pixels = part.range(of: target.pixels)
    if source.pixelStride == target.pixelStride {
      let start = pixels.lowerBound * target.pixelStride
      unsafe functions.lrn_f32(
        pixels.count, target.channels, target.pixelStride, x + start, size, alpha, beta, bias, y + start)
    } else {
      for pixel in pixels {
        unsafe functions.lrn_f32(
          1, target.channels, target.channels, x + pixel * source.pixelStride, size, alpha, beta, bias,
          y + pixel * target.pixelStride)
      }
    }
  }
}
