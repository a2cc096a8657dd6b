/// The absolute value of each element: ONNX `Abs`. Floating point and integers; the least integer saturates.
public struct Abs: ElementwiseUnary {
  public static let name = "Abs"
  static let takesIntegers = true

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { x.magnitude }

  func callAsFunction(_ x: Int64) -> Int64 { x == .min ? .max : abs(x) }
}
