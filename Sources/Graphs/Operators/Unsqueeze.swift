public import Tensors

/// Axes of extent 1 added: ONNX `Unsqueeze`. Any element type.
///
/// Inputs: X, axes of the result.
public struct Unsqueeze: Operator {
  public static let name = "Unsqueeze"

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
    guard let axes else { throw GraphError(.invalidInput, "lacks axes") }
    var added = Set(try Shape.axes(axes, rank: type.shape.rank + axes.count))
    var rest = type.shape.dimensions[...]
    let extents = (0..<type.shape.rank + axes.count).map { axis in
      added.remove(axis) == nil ? rest.popFirst() ?? 1 : 1
    }
    return [ValueType(type.elementType, try Shape(inferred: extents))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    [try inputs.required(0).viewed(as: try outputType(inputs).shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
