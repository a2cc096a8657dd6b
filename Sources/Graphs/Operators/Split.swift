public import Tensors

/// A tensor cut into parts along an axis: ONNX `Split`. Any element type.
///
/// Inputs: X, optional extents of the parts; without them, the parts are equal, a smaller last one from opset 18 on.
public struct Split: Operator {
  public static let name = "Split"

  /// May count from the end.
  public var axis: Int
  /// The extents as an attribute, as opsets before 13 give them; the input goes before it.
  public var split: [Int]?
  /// Number of parts that opsets from 18 on may state.
  public var partCount: Int?

  public init(axis: Int = 0, split: [Int]? = nil, partCount: Int? = nil) {
    self.axis = axis
    self.split = split
    self.partCount = partCount
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    axis = try attributes.integer("axis", default: 0)
    split = attributes.opset < 13 ? try attributes.integers("split") : nil
    partCount = attributes.opset >= 18 ? try attributes.integer("num_outputs") : nil
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if axis != 0 { values["axis"] = .integer(Int64(axis)) }
    if let split { values["split"] = .integers(split.map(Int64.init)) }
    if let partCount { values["num_outputs"] = .integer(Int64(partCount)) }
    return values
  }

  /// The extents of the parts along the axis.
  private func extents(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [Int] {
    let shape = try inputs.required(0, "input").type.shape
    let extent = shape[try shape.axis(axis)]
    var parts = split
    if let operand = inputs.optional(1) { parts = try integerList(operand, "extents of the parts") }
    guard let parts else {
      guard outputCount >= 1, partCount ?? outputCount == outputCount else {
        throw GraphError(.invalidAttribute, "num_outputs \(partCount ?? 0) differs from the \(outputCount) outputs")
      }
      guard partCount != nil || extent % outputCount == 0 else {
        throw GraphError(.invalidInput, "an extent of \(extent) cannot be cut into \(outputCount) equal parts")
      }
      let size = (extent + outputCount - 1) / outputCount
      return (0..<outputCount).map { max(0, min(size, extent - $0 * size)) }
    }
    var rest = extent
    for part in parts {
      guard part >= 0, part <= rest else { throw wrongParts(parts, extent) }
      rest -= part
    }
    guard rest == 0, parts.count == outputCount else { throw wrongParts(parts, extent) }
    return parts
  }

  private func wrongParts(_ parts: [Int], _ extent: Int) -> GraphError {
    GraphError(.invalidInput, "parts of \(parts) do not make up an extent of \(extent), one an output")
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...2)
    let type = try inputs.required(0, "input").type
    let axis = try type.shape.axis(axis)
    var types: [ValueType] = []
    for extent in try extents(inputs, outputCount: outputCount) {
      var extents = type.shape.dimensions
      extents[axis] = extent
      types.append(ValueType(type.elementType, try Shape(inferred: extents)))
    }
    return types
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let types = try outputTypes(inputs, outputCount: outputCount)
    let x = try inputs.required(0)
    let axis = try x.shape.axis(axis)
    let strides = x.shape.rowMajorStrides
    var start = 0
    var parts: [Tensor] = []
    for type in types {
      parts.append(
        try x.selecting(shape: type.shape) { other, position in
          (position + (other == axis ? start : 0)) * strides[other]
        })
      start += type.shape[axis]
    }
    return parts
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
