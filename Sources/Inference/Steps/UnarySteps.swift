internal import CMicrokernels
internal import Tensors

/// A function of each element of a float tensor.
struct UnaryStepF32: PlanStep {
  /// The functions that there are loops for.
  enum Kind: Hashable {
    case sigmoid, tanh, hardSwish, exp
    case hardSigmoid(alpha: Float, beta: Float)
    case leakyRelu(alpha: Float)
    case elu(alpha: Float)
  }

  let nodes: [String]
  let operation: String
  let kind: Kind
  let vectors: VectorMicrokernels
  let input: Location
  let output: Location

  var kernel: String { "unary_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { 8 * Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (x, y) = unsafe (context.pointer(input, Float.self), context.pointer(output, Float.self))
    let functions = vectors.functions
    let (native, alpha, beta) = kind.native
    part.forEachRun(output.layout, input.layout, input.layout) { count, start, starts in
      unsafe functions.unary_f32(native, count, x + starts.0, alpha, beta, y + start)
    }
  }
}

extension UnaryStepF32.Kind {
  fileprivate var native: (mk_unary, alpha: Float, beta: Float) {
    switch self {
    case .sigmoid: (MK_UNARY_SIGMOID, 0, 0)
    case .tanh: (MK_UNARY_TANH, 0, 0)
    case .hardSwish: (MK_UNARY_HARD_SWISH, 0, 0)
    case .exp: (MK_UNARY_EXP, 0, 0)
    case .hardSigmoid(let alpha, let beta): (MK_UNARY_HARD_SIGMOID, alpha, beta)
    case .leakyRelu(let alpha): (MK_UNARY_LEAKY_RELU, alpha, 0)
    case .elu(let alpha): (MK_UNARY_ELU, alpha, 0)
    }
  }
}

/// A function of each element of a quantized tensor, as a table of all 256 results.
struct LookupStep: PlanStep {
  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  /// 256 quantized results.
  let table: AlignedBuffer
  let input: Location
  let output: Location

  var kernel: String { "lookup_u8" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (x, y) = unsafe (context.pointer(input, UInt8.self), context.pointer(output, UInt8.self))
    let entries = unsafe table.pointer(UInt8.self)
    let functions = vectors.functions
    part.forEachRun(output.layout, input.layout, input.layout) { count, start, starts in
      unsafe functions.lookup_u8(count, x + starts.0, entries, y + start)
    }
  }
}

/// A product of two quantized tensors of one shape, requantized.
struct MultiplyStepU8: PlanStep {
  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  let inputs: (QuantizedValue, QuantizedValue)
  let scale: Float
  let offset: Float
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { "multiply_u8" }
  var reads: [Location] { [inputs.0.location, inputs.1.location] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (first, second) = (inputs.0.location, inputs.1.location)
    let (a, b) = unsafe (context.pointer(first, UInt8.self), context.pointer(second, UInt8.self))
    let y = unsafe context.pointer(output, UInt8.self)
    let functions = vectors.functions
    let (zeroA, zeroB) = (inputs.0.parameters.zeroPoint, inputs.1.parameters.zeroPoint)
    part.forEachRun(output.layout, first.layout, second.layout) { count, start, starts in
      unsafe functions.multiply_u8(
        count, a + starts.0, b + starts.1, zeroA, zeroB, scale, offset, lower, upper, y + start)
    }
  }
}

/// Each channel of each image times a number of its own: a tensor [N, C, H, W] times one of [N, C, 1, 1].
struct GateStep: PlanStep {
  /// The quantization of the operands and the result, if these are quantized.
  struct Quantization {
    let input: TensorQuantization
    let gate: TensorQuantization
    let output: TensorQuantization
  }

  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  let input: Location
  let gate: Location
  let output: Location
  let quantization: Quantization?
  let lower: Float
  let upper: Float

  var kernel: String { quantization == nil ? "scale_channels_f32" : "rescale_channels_u8" }
  var reads: [Location] { [input, gate] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }
  var scratchByteCount: Int { 2 * Self.tile * 4 }

  /// Channels that are scaled at once.
  private static let tile = 256

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (source, target) = (input.layout, output.layout)
    let plane = target.height * target.width
    let scale = unsafe context.scratchPointer(part: part.index).assumingMemoryBound(to: Float.self)
    let offset = unsafe scale + Self.tile
    let functions = vectors.functions
    part.forEachImage(target.batch, channels: target.channels, tile: Self.tile) { image, share in
      for first in stride(from: share.lowerBound, to: share.upperBound, by: Self.tile) {
        let channels = min(Self.tile, share.upperBound - first)
        let from = image * plane * source.pixelStride + first
        let to = image * plane * target.pixelStride + first
        let gates = image * gate.layout.pixelStride + first
        if let quantization {
          unsafe prepare(quantization, context.pointer(gate, UInt8.self) + gates, channels, scale, offset)
          unsafe functions.rescale_channels_u8(
            plane, channels, source.pixelStride, context.pointer(input, UInt8.self) + from, scale, offset, lower, upper,
            target.pixelStride, context.pointer(output, UInt8.self) + to)
        } else {
          unsafe offset.update(repeating: 0, count: channels)
          unsafe functions.scale_channels_f32(
            plane, channels, source.pixelStride, context.pointer(input, Float.self) + from,
            context.pointer(gate, Float.self) + gates, offset, lower, upper, target.pixelStride,
            context.pointer(output, Float.self) + to)
        }
      }
    }
  }

  private func prepare(
    _ q: Quantization, _ gates: UnsafePointer<UInt8>, _ count: Int, _ scale: UnsafeMutablePointer<Float>,
    _ offset: UnsafeMutablePointer<Float>
  ) {
    let unit = Double(q.input.scale) * Double(q.gate.scale) / Double(q.output.scale)
    for index in 0..<count {
      let factor = unsafe Double(Int(gates[index]) - Int(q.gate.zeroPoint)) * unit
      unsafe scale[index] = Float(factor)
      unsafe offset[index] = Float(Double(q.output.zeroPoint) - Double(q.input.zeroPoint) * factor)
    }
  }
}
