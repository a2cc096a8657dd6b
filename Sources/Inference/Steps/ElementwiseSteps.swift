internal import CMicrokernels
internal import Tensors

/// An operation on the elements of one or two float tensors of the same layout.
struct ElementwiseStepF32: PlanStep {
  /// What is done before the clamp.
  enum Kind: String { case clamp, add, multiply }

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
    let range = part.range(of: output.layout.elementSpan)
    let start = range.lowerBound
    let target = unsafe context.pointer(output, Float.self) + start
    let first = unsafe context.pointer(inputs[0], Float.self) + start
    let functions = vectors.functions
    switch kind {
    case .clamp: unsafe functions.clamp_f32(range.count, first, lower, upper, target)
    case .add:
      let second = unsafe context.pointer(inputs[1], Float.self) + start
      unsafe functions.add_f32(range.count, first, second, lower, upper, target)
    case .multiply:
      let second = unsafe context.pointer(inputs[1], Float.self) + start
      unsafe functions.multiply_f32(range.count, first, second, lower, upper, target)
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
    let layout = output.layout
    let pixels = part.range(of: layout.pixels)
    let start = pixels.lowerBound * layout.pixelStride
    unsafe vectors.functions.scale_channels_f32(
      pixels.count, layout.channels, layout.pixelStride, context.pointer(input, Float.self) + start,
      scale.pointer(Float.self), bias.pointer(Float.self), lower, upper, context.pointer(output, Float.self) + start)
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
    let range = part.range(of: output.layout.elementSpan)
    let start = range.lowerBound
    unsafe vectors.functions.add_u8(
      range.count, context.pointer(inputs.0, UInt8.self) + start, context.pointer(inputs.1, UInt8.self) + start,
      scales.0, scales.1, offset, lower, upper, context.pointer(output, UInt8.self) + start)
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
    let range = part.range(of: output.layout.elementSpan)
    unsafe vectors.functions.rescale_u8(
      range.count, context.pointer(input, UInt8.self) + range.lowerBound, scale, offset, lower, upper,
      context.pointer(output, UInt8.self) + range.lowerBound)
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
    let layout = output.layout
    let pixels = part.range(of: layout.pixels)
    let start = pixels.lowerBound * layout.pixelStride
    unsafe vectors.functions.lrn_f32(
      pixels.count, layout.channels, layout.pixelStride, context.pointer(input, Float.self) + start, size, alpha, beta,
      bias, context.pointer(output, Float.self) + start)
  }
}
