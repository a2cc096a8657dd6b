/// Difference of two broadcast tensors of one type: ONNX `Sub`. Integers wrap around.
public struct Sub: ElementwiseBinary, ActivationFusing {
  public static let name = "Sub"

  public var activation: Activation = .identity

  public init() {}

  static func combine<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number { a - b }

  static func combine<Number: FixedWidthInteger>(_ a: Number, _ b: Number) throws(GraphError) -> Number { a &- b }
}
