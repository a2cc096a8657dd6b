public import Tensors

/// round(X / scale) + zero point, halves to even, cut to the range of the result: ONNX `QuantizeLinear`.
///
/// Inputs: X (float32, float16 or int32), scale, optional zero point; scalars, or one an index along the axis. The
/// result has the type of the zero point: uint8, int8, uint16 or int16. NaN becomes the zero point.
public struct QuantizeLinear: Operator {
  public static let name = "QuantizeLinear"

  /// The axis of vectors of scales; may count from the end.
  public var axis: Int
  /// The type of the result where there is no zero point.
  public var elementType: ElementType

  public init(axis: Int = 1, elementType: ElementType = .uint8) {
    self.axis = axis
    self.elementType = elementType
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    axis = try attributes.integer("axis", default: 1)
    let code = try attributes.integer("output_dtype", default: 0)
    guard let type = code == 0 ? .uint8 : ElementType(onnxCode: code), Self.resultTypes.contains(type) else {
      throw attributes.invalid("output_dtype", "names an element type that is not supported")
    }
    elementType = type
    if try attributes.integer("block_size", default: 0) != 0 {
      throw attributes.invalid("block_size", "is not supported: give one scale, or one an index along the axis")
    }
    for name in ["saturate", "precision"] { attributes.ignore(name) }
    try attributes.finish()
  }

  static let resultTypes: Set<ElementType> = [.uint8, .int8, .uint16, .int16]

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if axis != 1 { values["axis"] = .integer(Int64(axis)) }
    if elementType != .uint8 { values["output_dtype"] = .integer(elementType.onnxCode) }
    return values
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...3)
    try requireOutputs(outputCount)
    let x = try inputs.required(0, "input").type
    let scale = try inputs.required(1, "scale").type
    let zeroPoint = inputs.optional(2)?.type
    guard [.float32, .float16, .int32].contains(x.elementType) else { throw x.unsupportedType() }
    guard [.float32, .float16].contains(scale.elementType) else { throw scale.unsupportedType("scale") }
    if let zeroPoint, !Self.resultTypes.contains(zeroPoint.elementType) {
      throw zeroPoint.unsupportedType("zero point")
    }
    _ = try QuantizationAxis(input: x, scale: scale, zeroPoint: zeroPoint, axis: axis)
    return [ValueType(zeroPoint?.elementType ?? elementType, x.shape)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let (x, scale) = (try inputs.required(0), try inputs.required(1))
    let place = try QuantizationAxis(
      input: ValueType(x.elementType, x.shape), scale: ValueType(scale.elementType, scale.shape),
      zeroPoint: nil, axis: axis)
    let scales = scale.floats
    let zeroPoints = inputs.optional(2)?.integers ?? scales.map { _ in 0 }
    let isHalf = x.elementType == .float16 && scale.elementType == .float16
    // The quotient is rounded to the inputs' type before it is rounded to an integer.
    let quantized = x.floats.enumerated().map { index, value in
      let quotient = isHalf ? Float(Float16(value / scales[place(index)])) : value / scales[place(index)]
      let rounded = quotient.isNaN ? 0 : Double(quotient.rounded(.toNearestOrEven))
      return rounded + Double(zeroPoints[place(index)])
    }
    return [try Tensor(computed: type, doubles: quantized)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
