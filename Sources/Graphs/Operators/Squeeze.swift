public import Tensors

/// Axes of extent 1 removed: ONNX `Squeeze`. Any element type.
///
/// Inputs: X, optional axes; without axes, all of extent 1.
public struct Squeeze: Operator {
  public static let name = "Squeeze"

  /// The axes as an attribute, as opsets before 13 give them; the input goes before it.
  public var axes: [Int]?

  public init(axes: [Int]? = nil) { self.axes = axes }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    axes = attributes.opset < 13 ? try attributes.integers("axes") : nil
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    axes.map { ["axes": .integers($0.map(Int64.init))] } ?? [:]
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...2)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    var axes = axes
    if let operand = inputs.optional(1) { axes = try integerList(operand, "axes") }
    let shape = type.shape
    let removed = try axes.map { axes throws(GraphError) in Set(try Shape.axes(axes, rank: shape.rank)) }
    if let axis = removed?.first(where: { shape[$0] != 1 }) {
      throw GraphError(.invalidInput, "axis \(axis) of \(shape) cannot be removed: its extent is not 1")
    }
    let extents = shape.dimensions.enumerated().compactMap { axis, extent in
      removed?.contains(axis) ?? (extent == 1) ? nil : extent
    }
    return [ValueType(type.elementType, try Shape(inferred: extents))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    [try inputs.required(0).viewed(as: try outputType(inputs).shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
