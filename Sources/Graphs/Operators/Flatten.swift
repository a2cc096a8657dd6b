public import Tensors

/// A matrix of the axes before one and those from it on: ONNX `Flatten`. Any element type.
public struct Flatten: Operator {
  public static let name = "Flatten"

  /// From 0 to the rank; may count from the end.
  public var axis: Int

  public init(axis: Int = 1) { self.axis = axis }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    axis = try attributes.integer("axis", default: 1)
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { axis == 1 ? [:] : ["axis": .integer(Int64(axis))] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    let axis = axis == type.shape.rank ? axis : try type.shape.axis(axis)
    return [ValueType(type.elementType, try Shape(inferred: [type.shape.count(..<axis), type.shape.count(axis...)]))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    [try inputs.required(0).viewed(as: try outputType(inputs).shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
