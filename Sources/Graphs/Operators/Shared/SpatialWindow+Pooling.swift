import Tensors

extension SpatialWindow {
  /// Reads the attributes of a pooling operator, which must have kernel_shape.
  ///
  /// - Throws: `GraphError.invalidAttribute`.
  init(pooling attributes: inout AttributeReader) throws(GraphError) {
    try self.init(&attributes, kernel: nil, pooling: true)
    guard !kernel.isEmpty else { throw attributes.invalid("kernel_shape", "is missing") }
  }

  /// The type that pooling gives.
  ///
  /// - Throws: `GraphError.invalidInput` where the window does not fit the input or its type is not allowed.
  func pooledType(_ inputs: [Operand?], integers: Bool) throws(GraphError) -> ValueType {
    try inputs.require(1...1)
    let x = try inputs.required(0, "input").type
    if !(integers && [.int8, .uint8].contains(x.elementType)) { try x.requireFloatingPoint() }
    guard x.shape.rank == rank + 2 else {
      throw GraphError(.invalidInput, "a window of \(rank) axes does not fit the input \(x.shape)")
    }
    let (spatial, _) = try resolve(Array(x.shape.dimensions.dropFirst(2)))
    return ValueType(x.elementType, try Shape(inferred: x.shape.dimensions.prefix(2) + spatial))
  }

  /// One operation a tap and output.
  func poolingOperationCount(_ outputs: [ValueType]) -> Int? {
    var count = outputs.first?.shape.elementCount
    for extent in kernel { count = count.flatMap { checkedProduct($0, extent) } }
    return count
  }
}

/// The spatial positions that a global pooling reduces.
struct GlobalPooling {
  /// N * C of the input.
  let planes: Int
  /// Number of spatial positions.
  let positions: Int
  let output: ValueType

  /// - Throws: `GraphError.invalidInput` where the input is not floating point or has no spatial axes.
  init(_ inputs: [Operand?]) throws(GraphError) {
    try inputs.require(1...1)
    let x = try inputs.required(0, "input").type
    try x.requireFloatingPoint()
    guard x.shape.rank >= 2 else {
      throw GraphError(.invalidInput, "the input \(x.shape) must have batch, channel and spatial axes")
    }
    planes = x.shape.count(..<2)
    positions = x.shape.count(2...)
    let spatial = [Int](repeating: 1, count: x.shape.rank - 2)
    output = ValueType(x.elementType, try Shape(inferred: x.shape.dimensions.prefix(2) + spatial))
  }

  /// One result a plane.
  func reduce(_ x: Tensor, _ body: (ArraySlice<Double>) -> Double) throws(GraphError) -> Tensor {
    let source = x.doubles
    return try Tensor(
      computed: output, doubles: (0..<planes).map { body(source[$0 * positions..<($0 + 1) * positions]) })
  }
}
