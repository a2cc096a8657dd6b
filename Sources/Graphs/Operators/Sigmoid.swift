import Glibc

/// 1 / (1 + exp(-x)) of each element: ONNX `Sigmoid`. Floating point.
public struct Sigmoid: ElementwiseUnary {
  public static let name = "Sigmoid"
  static let operationsPerElement: Int? = 3

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
