public import Tensors

/// The transpose of a convolution, which spreads each element over a window of the result: ONNX `ConvTranspose`.
///
/// Inputs: X [N, C, spatial…], W [C, M / group, kernel…], optional B [M]. Output: [N, M, spatial…], each extent
/// stride · (in − 1) + output_padding + (kernel − 1) · dilation + 1 − pads. Floating point.
public struct ConvTranspose: Operator {
  public static let name = "ConvTranspose"

  public var window: SpatialWindow
  /// Number of groups; the input and output channels are split among them.
  public var group: Int
  /// Elements added at the end of each spatial axis; empty means none.
  public var outputPadding: [Int]
  /// The spatial extents of the result, from which pads are found; nil means that pads say it.
  public var outputShape: [Int]?

  public init(window: SpatialWindow, group: Int = 1, outputPadding: [Int] = [], outputShape: [Int]? = nil) {
    self.window = window
    self.group = group
    self.outputPadding = outputPadding
    self.outputShape = outputShape
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    window = try SpatialWindow(&attributes, kernel: nil, pooling: false)
    group = try attributes.integer("group", default: 1)
    guard group >= 1 else { throw attributes.invalid("group", "must be at least 1") }
    outputPadding = try attributes.integers("output_padding") ?? []
    outputShape = try attributes.integers("output_shape")
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values = window.attributes(pooling: false)
    if group != 1 { values["group"] = .integer(Int64(group)) }
    if outputPadding.contains(where: { $0 != 0 }) {
      values["output_padding"] = .integers(outputPadding.map(Int64.init))
    }
    if let outputShape { values["output_shape"] = .integers(outputShape.map(Int64.init)) }
    return values
  }

  /// The spatial extents of the result, the window with the weights' kernel, and the pads in effect.
  ///
  /// - Throws: `GraphError.invalidAttribute` or `invalidInput` where counts or extents do not fit.
  public func resolve(
    input: Shape, weights: Shape
  ) throws(GraphError) -> (output: [Int], window: SpatialWindow, pads: [Int]) {
    let kernel = Array(weights.dimensions.dropFirst(2))
    guard window.kernel.isEmpty || window.kernel == kernel else {
      throw GraphError(.invalidInput, "kernel_shape \(window.kernel) differs from the weights' \(kernel)")
    }
    let window = window.with(kernel: kernel)
    let spatial = Array(input.dimensions.dropFirst(2))
    let rank = kernel.count
    let extra = outputPadding.isEmpty ? kernel.map { _ in 0 } : outputPadding
    guard spatial.count == rank, window.strides.count == rank, window.dilations.count == rank,
      window.pads.count == 2 * rank, extra.count == rank, outputShape.map({ $0.count == rank }) ?? true
    else {
      throw GraphError(
        .invalidAttribute, "the lists of attributes must have one entry a spatial axis, of which there are \(rank)")
    }
    let limit = 1 << 24
    guard (kernel + window.strides + window.dilations).allSatisfy({ (1...limit).contains($0) }),
      window.pads.allSatisfy({ (0...limit).contains($0) }), spatial.allSatisfy({ (0...limit).contains($0) }),
      extra.allSatisfy({ (0...limit).contains($0) }), outputShape?.allSatisfy({ (1...(1 << 48)).contains($0) }) ?? true
    else { throw GraphError(.invalidAttribute, "extents, strides, pads and dilations must be positive and sensible") }
    var (output, pads): ([Int], [Int]) = ([], window.pads)
    for axis in 0..<rank {
      let span =
        window.strides[axis] * (spatial[axis] - 1) + extra[axis] + (kernel[axis] - 1) * window.dilations[axis] + 1
      let wanted: Int? =
        switch window.autoPadding {
        case .sameUpper, .sameLower: outputShape?[axis] ?? spatial[axis] * window.strides[axis]
        case .explicit, .valid: outputShape?[axis]
        }
      if let wanted {
        let total = max(span - wanted, 0)
        let isUpper = window.autoPadding == .sameUpper
        pads[axis] = isUpper ? total / 2 : total - total / 2
        pads[axis + rank] = total - pads[axis]
      } else if window.autoPadding == .valid {
        (pads[axis], pads[axis + rank]) = (0, 0)
      }
      let extent = wanted ?? span - pads[axis] - pads[axis + rank]
      guard extent > 0 else {
        throw GraphError(.invalidInput, "the pads leave nothing of spatial axis \(axis)")
      }
      output.append(extent)
    }
    return (output, window, pads)
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount)
    let (x, w) = try inputs.inputAndWeights()
    guard x.shape.rank >= 3, x.shape.rank == w.shape.rank, x.shape[1] == w.shape[0], x.shape[1] % group == 0,
      case (let channels, false) = w.shape[1].multipliedReportingOverflow(by: group), channels > 0
    else {
      throw GraphError(
        .invalidInput, "an input \(x.shape) in \(group) groups does not fit the weights \(w.shape)")
    }
    if let b = inputs.optional(2)?.type, b.shape.dimensions != [channels] {
      throw GraphError(.invalidInput, "the bias \(b.shape) must be [\(channels)]")
    }
    let spatial = try resolve(input: x.shape, weights: w.shape).output
    return [ValueType(x.elementType, try Shape(inferred: [x.shape[0], channels] + spatial))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let (x, w) = (try inputs.required(0), try inputs.required(1))
    let (output, window, pads) = try resolve(input: x.shape, weights: w.shape)
    let input = Array(x.shape.dimensions.dropFirst(2))
    let (inputCount, outputCount, taps) = (x.shape.count(2...), output.reduce(1, *), w.shape.count(2...))
    let targets = targets(input: input, output: output, window, pads)
    let (source, weights) = (x.doubles, w.doubles)
    let bias = inputs.optional(2)?.doubles
    let (groupIn, groupOut) = (x.shape[1] / group, w.shape[1])
    var result: [Double] = []
    result.reserveCapacity(type.shape.elementCount)
    for n in 0..<type.shape[0] {
      for o in 0..<type.shape[1] {
        var sums = [Double](repeating: bias?[o] ?? 0, count: outputCount)
        for c in o / groupOut * groupIn..<(o / groupOut + 1) * groupIn {
          let plane = (n * x.shape[1] + c) * inputCount
          let filter = (c * groupOut + o % groupOut) * taps
          for (tap, targets) in targets.enumerated() {
            for position in 0..<inputCount where targets[position] >= 0 {
              sums[targets[position]] += weights[filter + tap] * source[plane + position]
            }
          }
        }
        result += sums
      }
    }
    return [try Tensor(computed: type, doubles: result)]
  }

  /// For each tap of the window and each position of the input, the position of the result that it adds to, or -1.
  private func targets(input: [Int], output: [Int], _ window: SpatialWindow, _ pads: [Int]) -> [[Int]] {
    var strides = output.map { _ in 1 }
    for axis in output.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * output[axis + 1] }
    let taps = flatIndices(
      window.kernel.indices.map { axis in
        let behind = window.kernel[(axis + 1)...].reduce(1, *)
        return (0..<window.kernel[axis]).map { $0 * behind }
      })
    return taps.map { tap in
      var (rest, offsets) = (tap, window.kernel.map { _ in 0 })
      for axis in window.kernel.indices.reversed() {
        offsets[axis] = rest % window.kernel[axis]
        rest /= window.kernel[axis]
      }
      return flatIndices(
        input.indices.map { axis in
          (0..<input[axis]).map { position in
            let at = position * window.strides[axis] + offsets[axis] * window.dilations[axis] - pads[axis]
            return (0..<output[axis]).contains(at) ? at * strides[axis] : -1
          }
        })
    }
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard inputs.count >= 2, let x = inputs[0]?.shape, let w = inputs[1]?.shape, w.rank > 0, w[0] > 0 else {
      return nil
    }
    return checkedProduct(x.elementCount, 2 * (w.elementCount / w[0]))
  }
}
