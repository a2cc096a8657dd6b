/// x, or alpha * x for negative elements: ONNX `LeakyRelu`. Floating point.
public struct LeakyRelu: ElementwiseUnary {
  public static let name = "LeakyRelu"
  static let operationsPerElement: Int? = 2

  public var alpha: Float

  public init(alpha: Float = 0.01) { self.alpha = alpha }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    alpha = try attributes.float("alpha", default: 0.01)
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { alpha == 0.01 ? [:] : ["alpha": .float(alpha)] }

  func callAsFunction(_ x: Double) -> Double { x < 0 ? Double(alpha) * x : x }
}
