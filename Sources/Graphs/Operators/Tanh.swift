import Glibc

/// The hyperbolic tangent of each element: ONNX `Tanh`. Floating point.
public struct Tanh: ElementwiseUnary {
  public static let name = "Tanh"
  static let operationsPerElement: Int? = 6

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { tanh(x) }
}
