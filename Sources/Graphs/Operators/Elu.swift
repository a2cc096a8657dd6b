import Glibc

/// x, or alpha * (exp(x) - 1) for negative elements: ONNX `Elu`. Floating point.
public struct Elu: ElementwiseUnary {
  public static let name = "Elu"

  public var alpha: Float

  public init(alpha: Float = 1) { self.alpha = alpha }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    alpha = try attributes.float("alpha", default: 1)
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { alpha == 1 ? [:] : ["alpha": .float(alpha)] }

  func callAsFunction(_ x: Double) -> Double { x < 0 ? Double(alpha) * expm1(x) : x }
}
