public import Tensors

/// A tensor broadcast with a shape, as NumPy does: ONNX `Expand`. Any element type.
///
/// Inputs: X, the shape, int64.
public struct Expand: Operator {
  public static let name = "Expand"

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...2)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    let target = try Shape(inferred: try integerList(try inputs.required(1, "shape"), "shape"))
    return [ValueType(type.elementType, try Shape.broadcast([type.shape, target]))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    [try inputs.required(0).broadcast(to: try outputType(inputs).shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
