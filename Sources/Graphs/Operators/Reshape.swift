public import Tensors

/// The same elements under another shape: ONNX `Reshape`. Any element type.
///
/// Inputs: X, the shape: -1 (once) takes what is left over, and 0 the extent of the input, unless `allowsZero`.
public struct Reshape: Operator {
  public static let name = "Reshape"

  /// Whether 0 in the shape means an extent of zero.
  public var allowsZero: Bool
  /// The shape as an attribute, as opsets before 5 give it; the input goes before it.
  public var shape: [Int]?

  public init(allowsZero: Bool = false, shape: [Int]? = nil) {
    self.allowsZero = allowsZero
    self.shape = shape
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    allowsZero = attributes.opset >= 14 ? try attributes.integer("allowzero", default: 0) != 0 : false
    if attributes.opset < 5 {
      shape = try attributes.integers("shape")
      attributes.ignore("consumed_inputs")
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if allowsZero { values["allowzero"] = .integer(1) }
    if let shape { values["shape"] = .integers(shape.map(Int64.init)) }
    return values
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...2)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    var target = shape ?? []
    if let operand = inputs.optional(1) {
      target = try integerList(operand, "shape")
    } else if shape == nil {
      throw GraphError(.invalidInput, "lacks its input 1, the shape")
    }
    return [ValueType(type.elementType, try resolve(target, for: type.shape))]
  }

  private func resolve(_ target: [Int], for input: Shape) throws(GraphError) -> Shape {
    var extents = target
    if !allowsZero {
      for (axis, extent) in target.enumerated() where extent == 0 {
        guard axis < input.rank else {
          throw GraphError(.invalidInput, "the shape \(target) keeps axis \(axis), which \(input) does not have")
        }
        extents[axis] = input[axis]
      }
    }
    let open = extents.indices.filter { extents[$0] == -1 }
    if let axis = open.first {
      let known = try Shape(inferred: extents.filter { $0 != -1 }).elementCount
      guard open.count == 1, known > 0, input.elementCount % known == 0 else { throw mismatch(target, input) }
      extents[axis] = input.elementCount / known
    }
    let shape = try Shape(inferred: extents)
    guard shape.elementCount == input.elementCount else { throw mismatch(target, input) }
    return shape
  }

  private func mismatch(_ target: [Int], _ input: Shape) -> GraphError {
    GraphError(.invalidInput, "the \(input.elementCount) elements of \(input) cannot take the shape \(target)")
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    [try inputs.required(0).viewed(as: try outputType(inputs).shape)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
