public import Tensors

/// The mean over some axes: ONNX `ReduceMean`.
///
/// Inputs: X, optional axes; without axes, the mean over all. Floating point.
public struct ReduceMean: Operator {
  public static let name = "ReduceMean"

  /// The axes as an attribute, as opsets before 18 give them; the input goes before it.
  public var axes: [Int]?
  /// Whether reduced axes stay with extent 1.
  public var keepsAxes: Bool
  /// Whether an empty list of axes reduces none, and not all.
  public var keepsAllForNoAxes: Bool

  public init(axes: [Int]? = nil, keepsAxes: Bool = true, keepsAllForNoAxes: Bool = false) {
    self.axes = axes
    self.keepsAxes = keepsAxes
    self.keepsAllForNoAxes = keepsAllForNoAxes
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    axes = attributes.opset < 18 ? try attributes.integers("axes") : nil
    keepsAxes = try attributes.integer("keepdims", default: 1) != 0
    keepsAllForNoAxes = attributes.opset >= 18 ? try attributes.integer("noop_with_empty_axes", default: 0) != 0 : false
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if let axes { values["axes"] = .integers(axes.map(Int64.init)) }
    if !keepsAxes { values["keepdims"] = .integer(0) }
    if keepsAllForNoAxes { values["noop_with_empty_axes"] = .integer(1) }
    return values
  }

  /// The axes that are reduced, from 0 to rank - 1, rising.
  ///
  /// - Throws: `GraphError` if they are not known or do not exist.
  public func reducedAxes(_ inputs: [Operand?]) throws(GraphError) -> [Int] {
    let rank = try inputs.required(0, "input").type.shape.rank
    var axes = axes ?? []
    if let operand = inputs.optional(1) {
      guard !operand.type.shape.dimensions.contains(0) else { return keepsAllForNoAxes ? [] : Array(0..<rank) }
      axes = try integerList(operand, "axes")
    }
    if axes.isEmpty { return keepsAllForNoAxes ? [] : Array(0..<rank) }
    return try Shape.axes(axes, rank: rank).sorted()
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...2)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    try type.requireFloatingPoint()
    let axes = try reducedAxes(inputs)
    let extents = type.shape.dimensions.enumerated().compactMap { axis, extent in
      axes.contains(axis) ? (keepsAxes ? 1 : nil) : extent
    }
    return [ValueType(type.elementType, try Shape(inferred: extents))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    let axes = try reducedAxes(inputs.map { $0.map { Operand($0) } })
    let strides = x.shape.rowMajorStrides
    func offsets(_ axis: Int) -> [Int] { (0..<x.shape[axis]).map { $0 * strides[axis] } }
    let starts = flatIndices(x.shape.dimensions.indices.filter { !axes.contains($0) }.map(offsets))
    let steps = flatIndices(axes.map(offsets))
    let source = x.doubles
    let means = starts.map { start in
      steps.reduce(0.0) { $0 + source[start + $1] } / Double(steps.count)
    }
    return [try Tensor(computed: type, doubles: means)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    inputs.first??.shape.elementCount
  }
}
