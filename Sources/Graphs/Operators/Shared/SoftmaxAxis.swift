import Tensors

/// Over which elements a softmax normalizes.
///
/// Before opset 13, all axes from one on are taken together; since then it is the one axis.
struct SoftmaxAxis {
  var axis: Int
  var flattens: Bool

  init(axis: Int, flattens: Bool) {
    self.axis = axis
    self.flattens = flattens
  }

  init(_ attributes: inout AttributeReader) throws(GraphError) {
    flattens = attributes.opset < 13
    axis = try attributes.integer("axis", default: flattens ? 1 : -1)
    try attributes.finish()
  }

  var attributes: [String: AttributeValue] { axis == -1 ? [:] : ["axis": .integer(Int64(axis))] }

  /// The type of the result, which is that of the input.
  ///
  /// - Throws: `GraphError` if the axis does not exist or elements are not floating point.
  func inferType(_ inputs: [Operand?]) throws(GraphError) -> ValueType {
    try inputs.require(1...1)
    let type = try inputs.required(0, "input").type
    try type.requireFloatingPoint()
    if !(flattens && axis == type.shape.rank) { _ = try type.shape.axis(axis) }
    return type
  }

  /// Each group of elements that is normalized together, mapped by a function.
  func map(_ x: Tensor, _ body: ([Double]) -> [Double]) throws(GraphError) -> Tensor {
    let shape = x.shape
    let axis = flattens && axis == shape.rank ? axis : try shape.axis(axis)
    let outer = shape.count(..<axis)
    let extent = flattens ? shape.count(axis...) : shape[axis]
    let inner = flattens ? 1 : shape.count((axis + 1)...)
    var result = x.doubles
    guard extent > 0 else { return x }
    for group in 0..<outer * inner {
      let start = group / inner * extent * inner + group % inner
      let indices = stride(from: start, to: start + extent * inner, by: inner)
      for (index, value) in zip(indices, body(indices.map { result[$0] })) { result[index] = value }
    }
    return try Tensor(computed: ValueType(x.elementType, shape), doubles: result)
  }
}
