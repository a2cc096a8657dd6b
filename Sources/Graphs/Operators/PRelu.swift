public import Tensors

/// x, or slope * x for negative elements: ONNX `PRelu`.
///
/// Inputs: X, and slopes that can be broadcast to it. Floating point.
public struct PRelu: Operator {
  public static let name = "PRelu"

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    if attributes.opset < 7 {
      throw GraphError(.unsupportedOperator, "the form of opset \(attributes.opset) is not supported, only 7 and later")
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...2)
    try requireOutputs(outputCount)
    let type = try commonType(of: inputs.all())
    try type.requireFloatingPoint()
    let input = try inputs.required(0, "input").type
    guard type == input else {
      throw GraphError(.invalidInput, "the slopes cannot be broadcast to the input \(input.shape)")
    }
    return [type]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let slopes = try inputs.required(1).broadcast(to: type.shape).doubles
    let result = zip(try inputs.required(0).doubles, slopes).map { $0 < 0 ? $0 * $1 : $0 }
    return [try Tensor(computed: type, doubles: result)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    outputs.first.flatMap { checkedProduct(2, $0.shape.elementCount) }
  }
}
