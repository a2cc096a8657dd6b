public import Tensors

/// The mean of the elements in each window: ONNX `AveragePool`.
///
/// Input: X [N, C, spatial…]. Output: [N, C, spatial…]. Floating point.
public struct AveragePool: Operator {
  public static let name = "AveragePool"

  public var window: SpatialWindow
  /// Whether padding counts as elements of value zero.
  public var countsPadding: Bool

  public init(window: SpatialWindow, countsPadding: Bool = false) {
    self.window = window
    self.countsPadding = countsPadding
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    window = try SpatialWindow(pooling: &attributes)
    countsPadding = try attributes.integer("count_include_pad", default: 0) != 0
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values = window.attributes(pooling: true)
    if countsPadding { values["count_include_pad"] = .integer(1) }
    return values
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount)
    return [try window.pooledType(inputs, integers: false)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    let spatial = Array(x.shape.dimensions.dropFirst(2))
    let (output, pads) = try window.resolve(spatial)
    let runs = try window.runs(input: spatial, output: output, pads: pads)
    let counts = window.tapCounts(input: spatial, output: output, pads: pads, withPadding: countsPadding)
    let inputCount = x.shape.count(2...)
    let source = x.doubles
    var means: [Double] = []
    for plane in 0..<x.shape.count(..<2) {
      var sums = [Double](repeating: 0, count: counts.count)
      for run in runs.joined() {
        var at = plane * inputCount + run.input
        for position in run.output..<run.output + run.count {
          sums[position] += source[at]
          at += run.stride
        }
      }
      means += zip(sums, counts).map { $1 == 0 ? 0 : $0 / $1 }
    }
    return [try Tensor(computed: type, doubles: means)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    window.poolingOperationCount(outputs)
  }
}
