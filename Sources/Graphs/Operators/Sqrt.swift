/// The square root of each element, NaN for negative ones: ONNX `Sqrt`. Floating point.
public struct Sqrt: ElementwiseUnary {
  public static let name = "Sqrt"

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { x.squareRoot() }
}
