public import Tensors

/// Axes in another order: ONNX `Transpose`. Any element type.
public struct Transpose: Operator {
  public static let name = "Transpose"

  /// For each axis of the result, the one of the input; nil reverses all.
  public var permutation: [Int]?

  public init(permutation: [Int]? = nil) { self.permutation = permutation }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    permutation = try attributes.integers("perm")
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    permutation.map { ["perm": .integers($0.map(Int64.init))] } ?? [:]
  }

  /// The permutation for an input of some rank, its axes from 0 to rank - 1.
  ///
  /// - Throws: `GraphError.invalidAttribute` if it is not a permutation of that many axes.
  public func permutation(rank: Int) throws(GraphError) -> [Int] {
    guard let permutation else { return (0..<rank).reversed() }
    guard permutation.count == rank else {
      throw GraphError(.invalidAttribute, "perm \(permutation) does not fit an input of \(rank) dimensions")
    }
    return try Shape.axes(permutation, rank: rank)
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    let extents = try permutation(rank: type.shape.rank).map { type.shape[$0] }
    return [ValueType(type.elementType, try Shape(inferred: extents))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    let strides = x.shape.rowMajorStrides
    let permutation = try permutation(rank: x.shape.rank)
    return [try x.selecting(shape: type.shape) { axis, position in position * strides[permutation[axis]] }]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
