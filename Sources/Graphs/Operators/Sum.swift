/// Sum of one or more broadcast floating-point tensors: ONNX `Sum`.
public struct Sum: ElementwiseVariadic {
  public static let name = "Sum"
  static let takesIntegers = false

  public init() {}

  static func combine<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number { a + b }

  static func combine<Number: FixedWidthInteger>(_ a: Number, _ b: Number) throws(GraphError) -> Number { a &+ b }
}
