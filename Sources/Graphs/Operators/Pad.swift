public import Tensors

/// A tensor with elements added at, or with negative pads taken from, its borders: ONNX `Pad`. Any element type.
///
/// Inputs: X, pads (before each axis, then after each), optional value and axes.
public struct Pad: Operator {
  public static let name = "Pad"

  /// Where the added elements come from.
  public enum Mode: String, Sendable {
    /// The given value.
    case constant
    /// The tensor mirrored at its first and last element, without these.
    case reflect
    /// The nearest element.
    case edge
    /// The tensor repeated.
    case wrap
  }

  public var mode: Mode
  /// Pads as an attribute, as opsets before 11 give them; the input goes before it.
  public var pads: [Int]?
  /// The value as an attribute, as opsets before 11 give it; the input goes before it.
  public var value: Float?

  public init(mode: Mode = .constant, pads: [Int]? = nil, value: Float? = nil) {
    self.mode = mode
    self.pads = pads
    self.value = value
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    let word = try attributes.string("mode") ?? "constant"
    guard let mode = Mode(rawValue: word) else { throw attributes.invalid("mode", "cannot be \(word)") }
    self.mode = mode
    if attributes.opset < 11 {
      pads = try attributes.integers(attributes.opset < 2 ? "paddings" : "pads")
      value = try attributes.float("value")
      if pads == nil { throw attributes.invalid("pads", "is missing") }
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    if mode != .constant { values["mode"] = .string(mode.rawValue) }
    if let pads { values["pads"] = .integers(pads.map(Int64.init)) }
    if let value { values["value"] = .float(value) }
    return values
  }

  /// The pads before and after each axis.
  ///
  /// - Throws: `GraphError` if they are not known or do not fit the input.
  public func resolve(_ inputs: [Operand?]) throws(GraphError) -> (before: [Int], after: [Int]) {
    let rank = try inputs.required(0, "input").type.shape.rank
    var pads = pads ?? []
    if let operand = inputs.optional(1) { pads = try integerList(operand, "pads") }
    var axes = Array(0..<rank)
    if let operand = inputs.optional(3) { axes = try Shape.axes(try integerList(operand, "axes"), rank: rank) }
    guard pads.count == 2 * axes.count, pads.allSatisfy({ abs(max($0, -.max)) <= Shape.maximumElementCount }) else {
      throw GraphError(.invalidInput, "the pads \(pads) must be two an axis, for \(axes.count) axes")
    }
    var (before, after) = ([Int](repeating: 0, count: rank), [Int](repeating: 0, count: rank))
    for (index, axis) in axes.enumerated() {
      before[axis] = pads[index]
      after[axis] = pads[index + axes.count]
    }
    return (before, after)
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...4)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    let (before, after) = try resolve(inputs)
    if let fill = inputs.optional(2)?.type, fill.elementType != type.elementType || fill.shape.elementCount != 1 {
      throw GraphError(.invalidInput, "the value must be one \(type.elementType.rawValue), not \(fill)")
    }
    for (axis, extent) in type.shape.dimensions.enumerated() {
      let (least, most) = (min(before[axis], after[axis]), max(before[axis], after[axis]))
      guard most <= 0 || mode == .constant || (extent > 0 && (mode != .reflect || (most < extent && least >= 0))) else {
        throw GraphError(
          .invalidInput,
          "pads \(before[axis]) and \(after[axis]) are too large for axis \(axis) of \(type.shape) in mode \(mode)")
      }
    }
    let extents = type.shape.dimensions.enumerated().map { $1 + before[$0] + after[$0] }
    return [ValueType(type.elementType, try Shape(inferred: extents))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    let (before, _) = try resolve(inputs.map { $0.map { Operand($0) } })
    let strides = x.shape.rowMajorStrides
    let fill = inputs.optional(2) ?? value.map { Tensor(scalar: $0).converted(to: x.elementType) }
    let result = try x.selecting(shape: type.shape, fill: fill) { axis, position in
      source(position - before[axis], in: x.shape[axis]).map { $0 * strides[axis] }
    }
    return [result]
  }

  /// Which element of an axis stands at a position, perhaps outside of it.
  private func source(_ at: Int, in extent: Int) -> Int? {
    if at >= 0, at < extent { return at }
    switch mode {
    case .constant: return nil
    case .edge: return at < 0 ? 0 : extent - 1
    case .reflect: return at < 0 ? -at : 2 * (extent - 1) - at
    case .wrap: return (at % extent + extent) % extent
    }
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
