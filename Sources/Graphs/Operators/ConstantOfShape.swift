public import Tensors

/// One number repeated to fill a shape: ONNX `ConstantOfShape`.
///
/// Input: the shape, int64.
public struct ConstantOfShape: Operator {
  public static let name = "ConstantOfShape"

  /// One element; its type is that of the result.
  public var value: Tensor

  public init(value: Tensor = Tensor(vector: [Float(0)])) { self.value = value }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    value = try attributes.tensor("value") ?? Tensor(vector: [Float(0)])
    guard value.elementCount == 1 else { throw attributes.invalid("value", "must be a single element") }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    value == Tensor(vector: [Float(0)]) ? [:] : ["value": .tensor(value)]
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    let extents = try integerList(try inputs.required(0, "shape"), "shape")
    return [ValueType(value.elementType, try Shape(inferred: extents))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let shape = try outputType(inputs).shape
    return [try value.viewed(as: .scalar).broadcast(to: shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
