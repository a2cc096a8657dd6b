public import Tensors

/// The largest element over all spatial positions: ONNX `GlobalMaxPool`. NaN wins.
///
/// Input: X [N, C, spatial…]. Output: [N, C, 1…]. Floating point.
public struct GlobalMaxPool: Operator {
  public static let name = "GlobalMaxPool"

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount)
    return [try GlobalPooling(inputs).output]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    _ = try outputType(inputs)
    let pooling = try GlobalPooling(inputs.map { $0.map { Operand($0) } })
    return [try pooling.reduce(try inputs.required(0)) { $0.reduce(-.infinity) { $1.isNaN || $1 > $0 ? $1 : $0 } }]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    inputs.first??.shape.elementCount
  }
}
