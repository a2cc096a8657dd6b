/// x * max(0, min(1, x / 6 + 0.5)) of each element: ONNX `HardSwish`. Floating point.
public struct HardSwish: ElementwiseUnary {
  public static let name = "HardSwish"
  static let operationsPerElement: Int? = 4

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { x * max(0, min(1, x / 6 + 0.5)) }
}
