public import Tensors

/// (X - zero point) * scale: ONNX `DequantizeLinear`.
///
/// Inputs: X (8- or 16-bit integers or int32), scale (float32 or float16), optional zero point of X's type; scalars, or
/// one an index along the axis. The result has the scale's type.
public struct DequantizeLinear: Operator {
  public static let name = "DequantizeLinear"

  /// The axis of vectors of scales; may count from the end.
  public var axis: Int

  public init(axis: Int = 1) { self.axis = axis }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    axis = try attributes.integer("axis", default: 1)
    for name in ["block_size", "output_dtype"] where try attributes.integer(name, default: 0) != 0 {
      throw attributes.invalid(name, "is not supported")
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { axis == 1 ? [:] : ["axis": .integer(Int64(axis))] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...3)
    try requireOutputs(outputCount)
    let x = try inputs.required(0, "input").type
    let scale = try inputs.required(1, "scale").type
    let zeroPoint = inputs.optional(2)?.type
    guard QuantizeLinear.resultTypes.contains(x.elementType) || x.elementType == .int32 else {
      throw x.unsupportedType()
    }
    guard [.float32, .float16].contains(scale.elementType) else { throw scale.unsupportedType("scale") }
    if let zeroPoint, zeroPoint.elementType != x.elementType { throw zeroPoint.unsupportedType("zero point") }
    _ = try QuantizationAxis(input: x, scale: scale, zeroPoint: zeroPoint, axis: axis)
    return [ValueType(scale.elementType, x.shape)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let (x, scale) = (try inputs.required(0), try inputs.required(1))
    let place = try QuantizationAxis(
      input: ValueType(x.elementType, x.shape), scale: ValueType(scale.elementType, scale.shape),
      zeroPoint: nil, axis: axis)
    let scales = scale.doubles
    let zeroPoints = inputs.optional(2)?.doubles ?? scales.map { _ in 0 }
    let real = x.doubles.enumerated().map { index, value in
      (value - zeroPoints[place(index)]) * scales[place(index)]
    }
    return [try Tensor(computed: type, doubles: real)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
