public import Tensors

/// Channels dealt out to blocks of pixels: ONNX `DepthToSpace`. Any element type.
///
/// Input: X [N, C, H, W]. Output: [N, C / b², H·b, W·b].
public struct DepthToSpace: Operator {
  public static let name = "DepthToSpace"

  /// Which channels become the pixels of one block.
  public enum Mode: String, Sendable {
    /// Channel (row · b + column) · C' + c is the pixel (row, column) of channel c.
    case depthColumnRow = "DCR"
    /// Channel (c · b + row) · b + column is: PyTorch's `PixelShuffle`.
    case columnRowDepth = "CRD"
  }

  /// The extent of a block, at least 1.
  public var blockSize: Int
  public var mode: Mode

  public init(blockSize: Int, mode: Mode = .depthColumnRow) {
    self.blockSize = blockSize
    self.mode = mode
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    guard let size = try attributes.integer("blocksize"), (1...(1 << 15)).contains(size) else {
      throw attributes.invalid("blocksize", "must be given, and be at least 1")
    }
    blockSize = size
    let word = try attributes.string("mode") ?? Mode.depthColumnRow.rawValue
    guard let mode = Mode(rawValue: word) else { throw attributes.invalid("mode", "cannot be \(word)") }
    self.mode = mode
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = ["blocksize": .integer(Int64(blockSize))]
    if mode != .depthColumnRow { values["mode"] = .string(mode.rawValue) }
    return values
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    let block = blockSize * blockSize
    guard type.shape.rank == 4, type.shape[1] % block == 0 else {
      throw GraphError(.invalidInput, "the input \(type.shape) must be [N, C, H, W] with C a multiple of \(block)")
    }
    let (height, overflowed) = type.shape[2].multipliedReportingOverflow(by: blockSize)
    let (width, overflows) = type.shape[3].multipliedReportingOverflow(by: blockSize)
    guard !overflowed, !overflows else { throw GraphError(.invalidInput, "the result has too many elements") }
    return [
      ValueType(type.elementType, try Shape(inferred: [type.shape[0], type.shape[1] / block, height, width]))
    ]
  }

  /// The channel of the input that holds a pixel of a block.
  ///
  /// - Parameter channels: how many channels the output has.
  public func sourceChannel(of channel: Int, row: Int, column: Int, channels: Int) -> Int {
    switch mode {
    case .depthColumnRow: (row * blockSize + column) * channels + channel
    case .columnRowDepth: (channel * blockSize + row) * blockSize + column
    }
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let shape = try outputType(inputs).shape
    let x = try inputs.required(0)
    let (height, width) = (x.shape[2], x.shape[3])
    var indices: [Int] = []
    indices.reserveCapacity(shape.elementCount)
    for image in 0..<shape[0] {
      for channel in 0..<shape[1] {
        for y in 0..<shape[2] {
          for x in 0..<shape[3] {
            let source = sourceChannel(
              of: channel, row: y % blockSize, column: x % blockSize, channels: shape[1])
            let plane = image * shape[1] * blockSize * blockSize + source
            indices.append((plane * height + y / blockSize) * width + x / blockSize)
          }
        }
      }
    }
    return [try x.selecting(indices, shape: shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
