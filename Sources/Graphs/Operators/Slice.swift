public import Tensors

/// A part of a tensor with a step along each axis: ONNX `Slice`. Any element type.
///
/// Inputs: X, starts, ends, optional axes and steps. Starts and ends may count from the end and are cut to the extent.
public struct Slice: Operator {
  public static let name = "Slice"

  /// Starts, ends and axes as attributes, as opsets before 10 give them; the inputs go before them.
  public var starts: [Int]?
  public var ends: [Int]?
  public var axes: [Int]?

  public init(starts: [Int]? = nil, ends: [Int]? = nil, axes: [Int]? = nil) {
    self.starts = starts
    self.ends = ends
    self.axes = axes
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    if attributes.opset < 10 {
      starts = try attributes.integers("starts")
      ends = try attributes.integers("ends")
      axes = try attributes.integers("axes")
      if starts == nil || ends == nil { throw attributes.invalid("starts or ends", "is missing") }
    }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values: [String: AttributeValue] = [:]
    for (name, list) in [("starts", starts), ("ends", ends), ("axes", axes)] {
      if let list { values[name] = .integers(list.map(Int64.init)) }
    }
    return values
  }

  /// For each axis, where it starts, its step and how many are taken.
  ///
  /// - Throws: `GraphError.invalidInput` if starts, ends, axes or steps are not constant or do not fit.
  public func ranges(_ inputs: [Operand?]) throws(GraphError) -> [(start: Int, step: Int, count: Int)] {
    func list(_ slot: Int, _ attribute: [Int]?, _ what: String) throws(GraphError) -> [Int]? {
      guard let operand = inputs.optional(slot) else { return attribute }
      return try integerList(operand, what)
    }
    let shape = try inputs.required(0, "input").type.shape
    guard let starts = try list(1, starts, "starts"), let ends = try list(2, ends, "ends") else {
      throw GraphError(.invalidInput, "lacks starts or ends")
    }
    let axes = try Shape.axes(try list(3, axes, "axes") ?? Array(starts.indices), rank: shape.rank)
    let steps = try list(4, nil, "steps") ?? starts.map { _ in 1 }
    guard starts.count == ends.count, starts.count == axes.count, starts.count == steps.count,
      steps.allSatisfy({ $0 != 0 && $0 != .min })
    else { throw GraphError(.invalidInput, "starts, ends, axes and steps must be as many, and no step zero") }
    var ranges = shape.dimensions.map { (start: 0, step: 1, count: $0) }
    for (index, axis) in axes.enumerated() {
      let (extent, step) = (shape[axis], steps[index])
      func position(_ at: Int, from lower: Int, to upper: Int) -> Int {
        min(max(at < 0 && at != .min ? at + extent : at, lower), upper)
      }
      let start: Int
      let distance: Int
      if step > 0 {
        start = position(starts[index], from: 0, to: extent)
        distance = position(ends[index], from: 0, to: extent) - start
      } else {
        start = position(starts[index], from: extent == 0 ? -1 : 0, to: extent - 1)
        distance = start - position(ends[index], from: -1, to: extent - 1)
      }
      let size = abs(step)
      let count = distance <= 0 ? 0 : (distance - 1) / size + 1
      // The step from one element to none may be any number.
      ranges[axis] = (start, count > 1 ? step : 1, count)
    }
    return ranges
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...5)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    return [ValueType(type.elementType, try Shape(inferred: try ranges(inputs).map(\.count)))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    let strides = x.shape.rowMajorStrides
    let ranges = try ranges(inputs.map { $0.map { Operand($0) } })
    let result = try x.selecting(shape: type.shape) { axis, position in
      (ranges[axis].start + position * ranges[axis].step) * strides[axis]
    }
    return [result]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? { 0 }
}
