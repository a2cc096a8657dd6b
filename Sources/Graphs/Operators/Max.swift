/// The larger of one or more broadcast tensors' elements: ONNX `Max`. NaN wins.
public struct Max: ElementwiseVariadic {
  public static let name = "Max"
  static let takesIntegers = true

  public init() {}

  static func combine<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number { a.isNaN || a > b ? a : b }

  static func combine<Number: FixedWidthInteger>(_ a: Number, _ b: Number) throws(GraphError) -> Number { max(a, b) }
}
