public import Tensors

/// Tensors joined along an axis: ONNX `Concat`. Any element type.
public struct Concat: Operator {
  public static let name = "Concat"

  /// May count from the end.
  public var axis: Int

  public init(axis: Int) { self.axis = axis }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    if let axis = try attributes.integer("axis") {
      self.axis = axis
    } else {
      guard attributes.opset < 4 else { throw attributes.invalid("axis", "is missing") }
      axis = 1
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { ["axis": .integer(Int64(axis))] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount)
    let types = try inputs.all().map(\.type)
    let axis = try types[0].shape.axis(axis)
    var extents = types[0].shape.dimensions
    for type in types.dropFirst() {
      var others = type.shape.dimensions
      if others.count == extents.count {
        let (sum, overflow) = extents[axis].addingReportingOverflow(others[axis])
        guard !overflow else { throw GraphError(.invalidInput, "the joined tensor has too many elements") }
        extents[axis] = sum
        others[axis] = extents[axis]
      }
      guard type.elementType == types[0].elementType, others == extents else {
        throw GraphError(.invalidInput, "cannot join \(types[0]) and \(type) along axis \(self.axis)")
      }
    }
    return [ValueType(types[0].elementType, try Shape(inferred: extents))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let shape = try outputType(inputs).shape
    let tensors = inputs.compactMap(\.self)
    let axis = try shape.axis(axis)
    return [
      try Tensor.interleaving(
        tensors, runs: tensors.map { $0.shape.count(axis...) }, count: shape.count(..<axis), shape: shape)
    ]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
