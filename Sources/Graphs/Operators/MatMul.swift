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
    guard type.shape.elementCount > 0 else { return [try Tensor(computed: type, doubles: [])] }
    let (a, b) = (try inputs.required(0), try inputs.required(1))
    let product = try Product(a.shape, b.shape)
    var layout = MatrixLayout(
      rows: product.rows, columns: product.columns, depth: product.depth, aStrides: (product.depth, 1),
      bStrides: (product.columns, 1))
    let aMatrices = try Self.matrices(product.aStack, in: product.stack)
    let bMatrices = try Self.matrices(product.bStack, in: product.stack)
    let (aIntegers, bIntegers) = (a.integers ?? [], b.integers ?? [])
    var doubles: [Double] = []
    var integers: [Int64] = []
    for (aIndex, bIndex) in zip(aMatrices, bMatrices) {
      layout.aStart = aIndex * product.rows * product.depth
      layout.bStart = bIndex * product.depth * product.columns
      if type.elementType.isInteger {
        integers += matrixProduct(aIntegers, bIntegers, layout)
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

  /// For each matrix of the result, which one of an operand's stack it is computed from.
  private static func matrices(_ stack: Shape, in target: Shape) throws(GraphError) -> [Int] {
    let numbers = try Tensor(computed: stack, (0..<stack.elementCount).map { Int64($0) })
    return try numbers.broadcast(to: target).integers?.map { Int($0) } ?? []
  }

  /// The extents of a product.
  private struct Product {
    let rows, columns, depth: Int
    /// The axes before the matrices of the operands, and what they are stretched to.
    let aStack, bStack, stack: Shape
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
      rows = left[left.count - 2]
      self.columns = columns
      self.depth = depth
      aStack = try Shape(inferred: left.dropLast(2))
      bStack = try Shape(inferred: right.dropLast(2))
      stack = try Shape.broadcast([aStack, bStack])
      output = try Shape(inferred: stack.dimensions + (a.rank == 1 ? [] : [rows]) + (b.rank == 1 ? [] : [columns]))
    }
  }
}
