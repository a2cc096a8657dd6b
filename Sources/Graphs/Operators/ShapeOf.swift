public import Tensors

/// The extents of a tensor as int64: ONNX `Shape`.
public struct ShapeOf: Operator {
  public static let name = "Shape"

  /// The first axis that is listed; may count from the end, and is cut to the rank.
  public var start: Int
  /// The axis before which the list ends; nil for all.
  public var end: Int?

  public init(start: Int = 0, end: Int? = nil) {
    self.start = start
    self.end = end
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    start = try attributes.integer("start", default: 0)
    end = try attributes.integer("end")
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if start != 0 { values["start"] = .integer(Int64(start)) }
    if let end { values["end"] = .integer(Int64(end)) }
    return values
  }

  /// The extents that are listed.
  public func extents(of shape: Shape) -> [Int64] {
    func position(_ at: Int) -> Int { min(max(at < 0 && at != .min ? at + shape.rank : at, 0), shape.rank) }
    let first = position(start)
    return shape.dimensions[first..<max(first, position(end ?? shape.rank))].map { Int64($0) }
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    return [ValueType(.int64, Shape(vector: extents(of: try inputs.required(0, "input").type.shape).count))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    _ = try outputType(inputs)
    return [Tensor(vector: extents(of: try inputs.required(0).shape))]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
