import Glibc
public import Tensors

/// Power of two broadcast tensors, of the first one's type: ONNX `Pow`.
///
/// The exponent may be of another numeric type. Integers to a negative power are cut towards zero.
public struct Pow: Operator {
  public static let name = "Pow"

  public init() {}

  public init(_ attributes: inout AttributeReader) throws(GraphError) { try attributes.finish() }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...2)
    try requireOutputs(outputCount)
    let base = try inputs.required(0, "base").type
    let exponent = try inputs.required(1, "exponent").type
    try base.requireNumbers("base")
    try exponent.requireNumbers("exponent")
    return [ValueType(base.elementType, try Shape.broadcast([base.shape, exponent.shape]))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let base = try inputs.required(0).broadcast(to: type.shape)
    let exponent = try inputs.required(1).broadcast(to: type.shape)
    if let base = base.integers, let exponent = exponent.integers, exponent.allSatisfy({ $0 >= 0 }) {
      let powers = zip(base, exponent).map { Self.power($0, $1) }
      return [try Tensor(computed: type.shape, powers).converted(to: type.elementType)]
    }
    return [try Tensor(computed: type, doubles: zip(base.doubles, exponent.doubles).map { pow($0, $1) })]
  }

  /// An integer power by squaring; wraps around.
  private static func power(_ base: Int64, _ exponent: Int64) -> Int64 {
    var (result, factor, rest): (Int64, Int64, Int64) = (1, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result &* factor }
      factor = factor &* factor
      rest >>= 1
    }
    return result
  }
}
