/// The smaller of one or more broadcast tensors' elements: ONNX `Min`. NaN wins.
public struct Min: ElementwiseVariadic {
  public static let name = "Min"
  static let takesIntegers = true

  public init() {}

  static func combine<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number { a.isNaN || a < b ? a : b }

  static func combine<Number: FixedWidthInteger>(_ a: Number, _ b: Number) throws(GraphError) -> Number { min(a, b) }
}
