public import Tensors

/// min(max(x, lower), upper) of each element: ONNX `Clip`.
///
/// Inputs: X, optional scalars min and max. Floating point and integers. Where the bounds cross, the upper one wins;
/// NaN stays NaN.
public struct Clip: Operator {
  public static let name = "Clip"

  /// The lower bound as an attribute, as opsets before 11 give it; the input goes before it.
  public var lower: Float?
  /// The upper bound as an attribute, as opsets before 11 give it; the input goes before it.
  public var upper: Float?

  public init(lower: Float? = nil, upper: Float? = nil) {
    self.lower = lower
    self.upper = upper
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    if attributes.opset < 11 {
      lower = try attributes.float("min")
      upper = try attributes.float("max")
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if let lower { values["min"] = .float(lower) }
    if let upper { values["max"] = .float(upper) }
    return values
  }

  /// What the operator does as an activation, if its bounds are known numbers that float32 holds and do not cross.
  public func activation(_ inputs: [Operand?]) -> Activation? {
    func bound(_ slot: Int, _ attribute: Float?, _ standard: Float) -> Float? {
      guard let operand = inputs.optional(slot) else { return attribute ?? standard }
      guard let constant = operand.constant, let number = constant.doubles.first, constant.elementCount == 1,
        !number.isNaN, Double(Float(number)) == number
      else { return nil }
      return Float(number)
    }
    guard let lower = bound(1, lower, -.infinity), let upper = bound(2, upper, .infinity), lower <= upper else {
      return nil
    }
    if lower == 0, upper == .infinity { return .relu }
    return lower == -.infinity && upper == .infinity ? .identity : .clip(lower: lower, upper: upper)
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...3)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    try type.requireNumbers()
    for slot in 1...2 {
      guard let bound = inputs.optional(slot)?.type else { continue }
      guard bound.elementType == type.elementType, bound.shape.elementCount == 1, bound.shape.rank <= 1 else {
        throw GraphError(.invalidInput, "a bound must be one \(type.elementType.rawValue), not \(bound)")
      }
    }
    return [type]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    if let x = x.integers {
      let lower = inputs.optional(1)?.integers?.first ?? lower.map { Int64($0.rounded(.up), clamped: ()) } ?? .min
      let upper = inputs.optional(2)?.integers?.first ?? upper.map { Int64($0.rounded(.down), clamped: ()) } ?? .max
      return [try Tensor(computed: type.shape, x.map { min(max($0, lower), upper) }).converted(to: type.elementType)]
    }
    let lower = inputs.optional(1)?.doubles.first ?? lower.map(Double.init) ?? -.infinity
    let upper = inputs.optional(2)?.doubles.first ?? upper.map(Double.init) ?? .infinity
    let clipped = x.doubles.map { x in
      let raised = x < lower ? lower : x
      return raised > upper ? upper : raised
    }
    return [try Tensor(computed: type, doubles: clipped)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    outputs.first.flatMap { checkedProduct(2, $0.shape.elementCount) }
  }
}

extension Int64 {
  /// The nearest integer of a whole number; 0 for NaN.
  fileprivate init(_ number: Float, clamped: ()) {
    self = Int64(exactly: number) ?? (number.isNaN ? 0 : number < 0 ? .min : .max)
  }
}
