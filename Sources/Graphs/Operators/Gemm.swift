public import Tensors

/// Matrix product with optional transposition, scaling and summand: ONNX `Gemm`.
///
/// Y = alpha * A' B' + beta * C, with A' [M, K], B' [K, N] and C broadcast to [M, N]. Floating point.
public struct Gemm: ActivationFusing {
  public static let name = "Gemm"

  public var alpha: Float
  public var beta: Float
  public var transA: Bool
  public var transB: Bool
  public var activation: Activation = .identity

  public init(
    alpha: Float = 1, beta: Float = 1, transA: Bool = false, transB: Bool = false, activation: Activation = .identity
  ) {
    self.alpha = alpha
    self.beta = beta
    self.transA = transA
    self.transB = transB
    self.activation = activation
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    alpha = try attributes.float("alpha", default: 1)
    beta = try attributes.float("beta", default: 1)
    transA = try attributes.integer("transA", default: 0) != 0
    transB = try attributes.integer("transB", default: 0) != 0
    if attributes.opset < 7 { attributes.ignore("broadcast") }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if alpha != 1 { values["alpha"] = .float(alpha) }
    if beta != 1 { values["beta"] = .float(beta) }
    if transA { values["transA"] = .integer(1) }
    if transB { values["transB"] = .integer(1) }
    return values
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...3)
    try requireOutputs(outputCount)
    let (a, b) = (try inputs.required(0, "matrix A").type, try inputs.required(1, "matrix B").type)
    try a.requireFloatingPoint("matrix A")
    guard a.elementType == b.elementType, a.shape.rank == 2, b.shape.rank == 2 else {
      throw GraphError(.invalidInput, "\(a) and \(b) must be matrices of one type")
    }
    let (m, k) = transA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
    let (rows, n) = transB ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
    guard k == rows else {
      throw GraphError(.invalidInput, "the product of \(m) x \(k) and \(rows) x \(n) matrices does not exist")
    }
    let shape = try Shape(inferred: [m, n])
    if let c = inputs.optional(2)?.type {
      guard c.elementType == a.elementType, c.shape.rank <= 2, try Shape.broadcast([c.shape, shape]) == shape else {
        throw GraphError(.invalidInput, "the summand \(c) cannot be broadcast to \(a.elementType.rawValue)\(shape)")
      }
    }
    return [ValueType(a.elementType, shape)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let (a, b) = (try inputs.required(0), try inputs.required(1))
    let k = transA ? a.shape[0] : a.shape[1]
    let layout = MatrixLayout(
      rows: type.shape[0], columns: type.shape[1], depth: k,
      aStrides: transA ? (1, a.shape[1]) : (a.shape[1], 1), bStrides: transB ? (1, b.shape[1]) : (b.shape[1], 1))
    var result = try matrixProduct(a, b, layout)
    let alpha = Double(alpha)
    if alpha != 1 { result = result.map { $0 * alpha } }
    if let c = inputs.optional(2) {
      let summands = try c.broadcast(to: type.shape).doubles
      for index in result.indices { result[index] += Double(beta) * summands[index] }
    }
    return [activation(try Tensor(computed: type, doubles: result))]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard let a = inputs.first??.shape, a.rank == 2, let output = outputs.first else { return nil }
    return checkedProduct(output.shape.elementCount, 2 * (transA ? a[0] : a[1]) + activation.operationsPerElement)
  }
}
