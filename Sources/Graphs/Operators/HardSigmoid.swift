/// max(0, min(1, alpha * x + beta)) of each element: ONNX `HardSigmoid`. Floating point.
public struct HardSigmoid: ElementwiseUnary {
  public static let name = "HardSigmoid"
  static let operationsPerElement: Int? = 4

  public var alpha: Float
  public var beta: Float

  public init(alpha: Float = 0.2, beta: Float = 0.5) {
    self.alpha = alpha
    self.beta = beta
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    alpha = try attributes.float("alpha", default: 0.2)
    beta = try attributes.float("beta", default: 0.5)
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if alpha != 0.2 { values["alpha"] = .float(alpha) }
    if beta != 0.5 { values["beta"] = .float(beta) }
    return values
  }

  func callAsFunction(_ x: Double) -> Double { max(0, min(1, Double(alpha) * x + Double(beta))) }
}
