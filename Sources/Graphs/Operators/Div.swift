/// Quotient of two broadcast tensors of one type: ONNX `Div`. Integers are cut towards zero.
public struct Div: ElementwiseBinary {
  public static let name = "Div"

  public init() {}

  static func combine<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number { a / b }

  static func combine<Number: FixedWidthInteger>(_ a: Number, _ b: Number) throws(GraphError) -> Number {
    guard b != 0 else { throw GraphError(.invalidInput, "divides an integer by zero") }
    return a.dividedReportingOverflow(by: b).partialValue
  }
}
