/// A uint8 by int8 depthwise convolution, requantized to uint8.
struct DepthwiseStepU8: PlanStep {
  let nodes: [String]
  let operation: String
  let microkernel: DepthwiseMicrokernelU8
  let packed: AlignedBuffer
  let geometry: WindowGeometry
  let channels: Int
  let zeroPoint: UInt8
  let input: Location
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { microkernel.name }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var products: Double { geometry.products(channels: channels, columns: 1) }
  var workEstimate: Double { products / 2 }
  var scratchByteCount: Int { DepthwiseMicrokernelU8.scratchByteCount(geometry, channels: channels) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let rows = part.range(of: geometry.outputRows)
    guard !rows.isEmpty else { return }
    let arguments = unsafe DepthwiseMicrokernelU8.Arguments(
      geometry: geometry, channels: channels, input: UnsafePointer(context.pointer(input, UInt8.self)),
      zeroPoint: zeroPoint, packed: UnsafeRawPointer(packed.base), output: context.pointer(output, UInt8.self),
      lower: lower, upper: upper, scratch: context.scratchPointer(part: part.index))
    unsafe microkernel.run(arguments, rows: rows)
  }
}

/// A float depthwise convolution.
struct DepthwiseStepF32: PlanStep {
  let nodes: [String]
  let operation: String
  let microkernel: DepthwiseMicrokernelF32
  let weights: AlignedBuffer
  let bias: AlignedBuffer
  let geometry: WindowGeometry
  let channels: Int
  let input: Location
  let output: Location
  let lower: Float
  let upper: Float

  var kernel: String { microkernel.name }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var products: Double { geometry.products(channels: channels, columns: 1) }
  var workEstimate: Double { 2 * products }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let rows = part.range(of: geometry.outputRows)
    guard !rows.isEmpty else { return }
    let arguments = unsafe DepthwiseMicrokernelF32.Arguments(
      geometry: geometry, channels: channels, input: UnsafePointer(context.pointer(input, Float.self)),
      weights: UnsafePointer(weights.pointer(Float.self)), bias: UnsafePointer(bias.pointer(Float.self)),
      output: context.pointer(output, Float.self), lower: lower, upper: upper)
    unsafe microkernel.run(arguments, rows: rows)
  }
}
