public import Tensors

/// Matrix product over the last two axes, the others broadcast, as NumPy's matmul: ONNX `MatMul`.
///
/// Inputs: A […, M, K] and B […, K, N] of one type; a vector is a row on the left and a column on the right, and its axis
/// is dropped from the result. Floating point, int32 and int64; integers saturate.
public struct MatMul: ActivationFusing {
  public static let name = "MatMul"

  public var activation: Activation = .identity

  public init(activation: Activation = .identity) { self.activation = activation }

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...2)
    try requireOutputs(outputCount)
    let (a, b) = (try inputs.required(0, "matrix A").type, try inputs.required(1, "matrix B").type)
    guard a.elementType == b.elementType else {
      throw GraphError(
        .invalidInput, "cannot multiply \(a.elementType.rawValue) by \(b.elementType.rawValue); cast one of them")
    }
    if ![.int32, .int64].contains(a.elementType) { try a.requireFloatingPoint() }
    return [ValueType(a.elementType, try Product(a.shape, b.shape).output)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let product = try Product(try inputs.required(0).shape, try inputs.required(1).shape)
    let a = try inputs.required(0).viewed(as: product.a).broadcast(to: product.aStretched)
    let b = try inputs.required(1).viewed(as: product.b).broadcast(to: product.bStretched)
    var layout = MatrixLayout(
      rows: product.rows, columns: product.columns, depth: product.depth, aStrides: (product.depth, 1),
      bStrides: (product.columns, 1))
    var doubles: [Double] = []
    var integers: [Int64] = []
    for index in 0..<product.batch {
      layout.aStart = index * product.rows * product.depth
      layout.bStart = index * product.depth * product.columns
      if let a = a.integers, let b = b.integers {
        integers += matrixProduct(a, b, layout)
      } else {
        doubles += try matrixProduct(a, b, layout)
      }
    }
    if type.elementType.isInteger {
      return [try Tensor(computed: type.shape, integers).converted(to: type.elementType)]
    }
    return [activation(try Tensor(computed: type, doubles: doubles))]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard let depth = inputs.first??.shape.dimensions.last, let output = outputs.first else { return nil }
    return checkedProduct(output.shape.elementCount, 2 * depth + activation.operationsPerElement)
  }

  /// The extents of a product.
  private struct Product {
    let rows, columns, depth, batch: Int
    /// The operands as stacks of matrices, and these stretched to as many.
    let a, b, aStretched, bStretched: Shape
    let output: Shape

    init(_ a: Shape, _ b: Shape) throws(GraphError) {
      guard a.rank >= 1, b.rank >= 1 else {
        throw GraphError(.invalidInput, "cannot multiply \(a) and \(b): a scalar is no matrix")
      }
      let left = a.rank == 1 ? [1] + a.dimensions : a.dimensions
      let right = b.rank == 1 ? b.dimensions + [1] : b.dimensions
      guard let depth = left.last, let columns = right.last, depth == right[right.count - 2] else {
        throw GraphError(.invalidInput, "the product of \(a) and \(b) does not exist")
      }
      let stack = try Shape.broadcast([Shape(inferred: left.dropLast(2)), Shape(inferred: right.dropLast(2))])
      rows = left[left.count - 2]
      self.columns = columns
      self.depth = depth
      batch = stack.elementCount
      self.a = try Shape(inferred: left)
      self.b = try Shape(inferred: right)
      aStretched = try Shape(inferred: stack.dimensions + [rows, depth])
      bStretched = try Shape(inferred: stack.dimensions + [depth, columns])
      output = try Shape(
        inferred: stack.dimensions + (a.rank == 1 ? [] : [rows]) + (b.rank == 1 ? [] : [columns]))
    }
  }
}
