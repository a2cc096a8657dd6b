public import Tensors

/// The mean over all spatial positions: ONNX `GlobalAveragePool`.
///
/// Input: X [N, C, spatial…]. Output: [N, C, 1…]. Floating point.
public struct GlobalAveragePool: Operator {
  public static let name = "GlobalAveragePool"

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
    return [try pooling.reduce(try inputs.required(0)) { $0.reduce(0, +) / Double($0.count) }]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    inputs.first??.shape.elementCount
  }
}
