public import Tensors

/// Elements converted to another type: ONNX `Cast`.
///
/// Fractions are cut towards zero; numbers beyond an integer type's range take the nearest within, NaN becomes 0.
public struct Cast: Operator {
  public static let name = "Cast"

  public var elementType: ElementType

  public init(to elementType: ElementType) { self.elementType = elementType }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    guard let code = try attributes.integer("to"), let type = ElementType(onnxCode: code) else {
      throw attributes.invalid("to", "is missing or names an element type that is not supported")
    }
    elementType = type
    for name in ["saturate", "round_mode"] { attributes.ignore(name) }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { ["to": .integer(elementType.onnxCode)] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    return [ValueType(elementType, try inputs.required(0, "input").type.shape)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    _ = try outputType(inputs)
    let x = try inputs.required(0)
    guard let integers = x.integers, elementType.isInteger else { return [x.converted(to: elementType)] }
    return [try Tensor(computed: x.shape, integers).wrapped(to: elementType)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
