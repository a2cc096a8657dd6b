/// max(x, 0) of each element: ONNX `Relu`. Floating point and integers; NaN stays NaN.
public struct Relu: ElementwiseUnary {
  public static let name = "Relu"
  static let takesIntegers = true
  static let operationsPerElement: Int? = 2

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { x < 0 ? 0 : x }

  func callAsFunction(_ x: Int64) -> Int64 { max(x, 0) }
}
