/// A uint8 by int8 depthwise convolution, requantized to uint8.
struct DepthwiseStepU8: PlanStep {
  let nodes: [String]
  let operation: String
  let microkernel: DepthwiseMicrokernelU8
  let constants: DepthwiseMicrokernelU8.Constants
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
    let arguments = unsafe DepthwiseMicrokernelU8.Arguments(
      geometry: geometry, channels: channels, input: UnsafePointer(context.pointer(input, UInt8.self)),
      zeroPoint: zeroPoint, constants: constants, output: context.pointer(output, UInt8.self),
      lower: lower, upper: upper, scratch: context.scratchPointer(part: part.index))
    part.forEachDepthwisePiece(geometry, channels: channels, block: DepthwiseMicrokernelU8.channelBlock) {
      unsafe microkernel.run(arguments, rows: $0, channels: $1)
    }
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
    let arguments = unsafe DepthwiseMicrokernelF32.Arguments(
      geometry: geometry, channels: channels, input: UnsafePointer(context.pointer(input, Float.self)),
      weights: UnsafePointer(weights.pointer(Float.self)), bias: UnsafePointer(bias.pointer(Float.self)),
      output: context.pointer(output, Float.self), lower: lower, upper: upper)
    part.forEachDepthwisePiece(geometry, channels: channels, block: DepthwiseMicrokernelF32.channelBlock) {
      unsafe microkernel.run(arguments, rows: $0, channels: $1)
    }
  }
}

extension WorkPart {
  /// Calls a closure with this part's share of a depthwise convolution: all channels of some output rows, or some blocks
  /// of channels of an image of few pixels, as the step before it has computed them.
  fileprivate func forEachDepthwisePiece(
    _ geometry: WindowGeometry, channels: Int, block: Int, _ body: (_ rows: Range<Int>, _ channels: Range<Int>) -> Void
  ) {
    let divides = dividesChannels(pixels: geometry.batch * geometry.inputHeight * geometry.inputWidth)
    let rows = divides ? 0..<geometry.outputRows : range(of: geometry.outputRows)
    let share = divides ? range(of: channels, tile: block) : 0..<channels
    if !rows.isEmpty, !share.isEmpty { body(rows, share) }
  }
}
