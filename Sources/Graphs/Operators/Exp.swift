import Glibc

/// e to the power of each element: ONNX `Exp`. Floating point.
public struct Exp: ElementwiseUnary {
  public static let name = "Exp"

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { exp(x) }
}
