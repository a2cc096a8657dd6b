public import Tensors

/// The largest element in each window: ONNX `MaxPool`.
///
/// Input: X [N, C, spatial…] of floating point, int8 or uint8. Outputs: Y [N, C, spatial…], optionally the flat int64
/// index in X of each. NaN wins; windows in nothing but padding give the least number.
public struct MaxPool: Operator {
  public static let name = "MaxPool"

  public var window: SpatialWindow
  /// Whether the indices count in column-major order of the spatial axes.
  public var countsColumnMajor: Bool

  public init(window: SpatialWindow, countsColumnMajor: Bool = false) {
    self.window = window
    self.countsColumnMajor = countsColumnMajor
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    window = try SpatialWindow(pooling: &attributes)
    countsColumnMajor = try attributes.integer("storage_order", default: 0) != 0
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values = window.attributes(pooling: true)
    if countsColumnMajor { values["storage_order"] = .integer(1) }
    return values
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount, atMost: 2)
    let type = try window.pooledType(inputs, integers: true)
    return [type] + (outputCount == 2 ? [ValueType(.int64, type.shape)] : [])
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let types = try outputTypes(inputs, outputCount: outputCount)
    let x = try inputs.required(0)
    let spatial = Array(x.shape.dimensions.dropFirst(2))
    let (output, pads) = try window.resolve(spatial)
    let runs = try window.runs(input: spatial, output: output, pads: pads)
    let (inputCount, outputCount) = (x.shape.count(2...), types[0].shape.count(2...))
    let source = x.doubles
    var largest: [Double] = []
    var indices: [Int64] = []
    for plane in 0..<x.shape.count(..<2) {
      var values = [Double](repeating: -.infinity, count: outputCount)
      var places = [Int](repeating: -1, count: outputCount)
      for run in runs.joined() {
        var at = run.input
        for position in run.output..<run.output + run.count {
          let value = source[plane * inputCount + at]
          if value > values[position] || places[position] < 0 || (value.isNaN && !values[position].isNaN) {
            (values[position], places[position]) = (value, at)
          }
          at += run.stride
        }
      }
      largest += values
      if types.count == 2 { indices += places.map { Int64(plane * inputCount + place($0, in: spatial)) } }
    }
    var tensors = [try Tensor(computed: types[0], doubles: largest)]
    if types.count == 2 { tensors.append(try Tensor(computed: types[1].shape, indices)) }
    return tensors
  }

  private func place(_ flat: Int, in extents: [Int]) -> Int {
    guard countsColumnMajor, flat >= 0 else { return flat }
    var (rest, stride, place) = (flat, extents.reduce(1, *), 0)
    for extent in extents.reversed() {
      stride /= extent
      place += rest % extent * stride
      rest /= extent
    }
    return place
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    window.poolingOperationCount(outputs)
  }
}
