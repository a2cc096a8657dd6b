internal import CMicrokernels
internal import Tensors

/// A pooling over windows, on float or uint8 elements.
struct PoolingStep: PlanStep {
  /// What is taken of each window.
  enum Kind { case maximum, average }

  let nodes: [String]
  let operation: String
  let kind: Kind
  let vectors: VectorMicrokernels
  let geometry: WindowGeometry
  let channels: Int
  let countsPadding: Bool
  let zeroPoint: UInt8
  let scale: Float
  let offset: Float
  let input: Location
  let output: Location

  var kernel: String { "\(kind == .maximum ? "max" : "average")_pool_\(isQuantized ? "u8" : "f32")" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { geometry.products(channels: channels, columns: 1) }
  private var isQuantized: Bool { input.layout.elementType == .uint8 }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let rows = part.range(of: geometry.outputRows)
    guard !rows.isEmpty else { return }
    let pooling = unsafe VectorMicrokernels.Pooling(
      geometry: geometry, channels: channels, input: UnsafeRawPointer(context.pointer(input, UInt8.self)),
      output: UnsafeMutableRawPointer(context.pointer(output, UInt8.self)), countsPadding: countsPadding,
      zeroPoint: zeroPoint, scale: scale, offset: offset)
    var native = unsafe pooling.native
    let functions = vectors.functions
    switch (kind, isQuantized) {
    case (.maximum, true): unsafe functions.max_pool_u8(&native, rows.lowerBound, rows.upperBound)
    case (.maximum, false): unsafe functions.max_pool_f32(&native, rows.lowerBound, rows.upperBound)
    case (.average, true): unsafe functions.average_pool_u8(&native, rows.lowerBound, rows.upperBound)
    case (.average, false): unsafe functions.average_pool_f32(&native, rows.lowerBound, rows.upperBound)
    }
  }
}
