/// The negative of each element: ONNX `Neg`. Floating point and integers; the least integer saturates.
public struct Neg: ElementwiseUnary {
  public static let name = "Neg"
  static let takesIntegers = true

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  func callAsFunction(_ x: Double) -> Double { -x }

  func callAsFunction(_ x: Int64) -> Int64 { x == .min ? .max : -x }
}
