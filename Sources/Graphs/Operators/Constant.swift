public import Tensors

/// A tensor that the model holds: ONNX `Constant`.
public struct Constant: Operator {
  public static let name = "Constant"

  public var value: Tensor

  public init(value: Tensor) { self.value = value }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    if let tensor = try attributes.tensor("value") {
      value = tensor
    } else if let number = try attributes.float("value_float") {
      value = Tensor(scalar: number)
    } else if let number = try attributes.integer("value_int") {
      value = Tensor(scalar: Int64(number))
    } else if let numbers = try attributes.floats("value_floats") {
      value = Tensor(vector: numbers)
    } else if let numbers = try attributes.integers("value_ints") {
      value = Tensor(vector: numbers.map(Int64.init))
    } else {
      throw attributes.invalid("value", "is missing; texts and sparse tensors are not supported")
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { ["value": .tensor(value)] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(0...0)
    try requireOutputs(outputCount)
    return [ValueType(value.elementType, value.shape)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    _ = try outputType(inputs)
    return [value]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
