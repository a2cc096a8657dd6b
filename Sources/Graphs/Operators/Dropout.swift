public import Tensors

/// The input itself, and a mask that keeps everything: ONNX `Dropout` at inference.
public struct Dropout: Operator {
  public static let name = "Dropout"

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    if attributes.opset < 12 { attributes.ignore("ratio") } else { attributes.ignore("seed") }
    if attributes.opset < 7 {
      attributes.ignore("consumed_inputs")
      if try attributes.integer("is_test", default: 0) == 0 {
        throw GraphError(.unsupportedOperator, "training (is_test 0) in opset \(attributes.opset) is not supported")
      }
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...3)
    try requireOutputs(outputCount, atMost: 2)
    if let training = inputs.optional(2), training.constant?.elements != .bool([false]) {
      throw GraphError(.invalidInput, "training_mode must be a constant, false: training is not supported")
    }
    let type = try inputs.required(0, "input").type
    return [type] + (outputCount == 2 ? [ValueType(.bool, type.shape)] : [])
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let types = try outputTypes(inputs, outputCount: outputCount)
    var tensors = [try inputs.required(0)]
    for type in types.dropFirst() {
      tensors.append(try Tensor(computed: type.shape, [Bool](repeating: true, count: type.shape.elementCount)))
    }
    return tensors
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
