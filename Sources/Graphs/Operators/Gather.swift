public import Tensors

/// Slices along an axis, picked by index: ONNX `Gather`. Any element type.
///
/// Inputs: data, int32 or int64 indices, which may count from the end. The axis gives way to the indices' axes.
public struct Gather: Operator {
  public static let name = "Gather"

  /// May count from the end.
  public var axis: Int

  public init(axis: Int = 0) { self.axis = axis }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    axis = try attributes.integer("axis", default: 0)
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { axis == 0 ? [:] : ["axis": .integer(Int64(axis))] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...2)
    try requireOutputs(outputCount)
    let data = try inputs.required(0, "data").type
    let indices = try inputs.required(1, "indices").type
    guard [.int32, .int64].contains(indices.elementType) else { throw indices.unsupportedType("indices") }
    let axis = try data.shape.axis(axis)
    let extents = data.shape.dimensions[..<axis] + indices.shape.dimensions + data.shape.dimensions[(axis + 1)...]
    return [ValueType(data.elementType, try Shape(inferred: Array(extents)))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let data = try inputs.required(0)
    let axis = try data.shape.axis(axis)
    let (extent, inner) = (data.shape[axis], data.shape.count((axis + 1)...))
    var picked: [Int] = []
    for index in try inputs.required(1).integers ?? [] {
      guard index >= -extent, index < extent else {
        throw GraphError(.invalidInput, "index \(index) lies outside of an extent of \(extent)")
      }
      picked.append((Int(index) + (index < 0 ? extent : 0)) * inner)
    }
    guard type.shape.elementCount > 0 else { return [try data.selecting([], shape: type.shape)] }
    let outer = (0..<data.shape.count(..<axis)).map { $0 * extent * inner }
    return [try data.selecting(flatIndices([outer, picked, Array(0..<inner)]), shape: type.shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
