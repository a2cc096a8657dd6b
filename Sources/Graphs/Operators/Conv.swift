public import Tensors

/// Convolution of a batch of NC… inputs with grouped filters, plus bias: ONNX `Conv`.
///
/// Inputs: X [N, C, spatial…], W [M, C / group, kernel…], optional B [M]. Output: [N, M, spatial…]. Floating point.
public struct Conv: ActivationFusing {
  public static let name = "Conv"

  public var window: SpatialWindow
  /// Number of groups; the input and output channels are split among them.
  public var group: Int
  public var activation: Activation = .identity

  public init(window: SpatialWindow, group: Int = 1, activation: Activation = .identity) {
    self.window = window
    self.group = group
    self.activation = activation
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    window = try SpatialWindow(&attributes, kernel: nil, pooling: false)
    group = try attributes.integer("group", default: 1)
    guard group >= 1 else { throw attributes.invalid("group", "must be at least 1") }
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] {
    var values = window.attributes(pooling: false)
    if group != 1 { values["group"] = .integer(Int64(group)) }
    return values
  }

  /// The window with the kernel that the weights have.
  ///
  /// - Throws: `GraphError.invalidInput` if kernel_shape and the weights differ.
  public func window(weights: Shape) throws(GraphError) -> SpatialWindow {
    guard weights.rank >= 3 else {
      throw GraphError(.invalidInput, "the weights \(weights) must have at least three dimensions")
    }
    let found = Array(weights.dimensions.dropFirst(2))
    guard window.kernel.isEmpty || window.kernel == found else {
      throw GraphError(.invalidInput, "kernel_shape \(window.kernel) differs from the weights' \(found)")
    }
    return window.with(kernel: found)
  }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount)
    let (x, w) = try inputs.inputAndWeights()
    guard x.shape.rank >= 3, x.shape.rank == w.shape.rank else {
      throw GraphError(
        .invalidInput, "the input \(x.shape) and the weights \(w.shape) must have the same rank, at least 3")
    }
    guard w.shape[0] % group == 0, x.shape[1] % group == 0, x.shape[1] / group == w.shape[1], w.shape[0] > 0 else {
      throw GraphError(
        .invalidInput, "\(x.shape[1]) input channels in \(group) groups do not fit the weights \(w.shape)")
    }
    if let b = inputs.optional(2)?.type, b.shape.dimensions != [w.shape[0]] {
      throw GraphError(.invalidInput, "the bias \(b.shape) must be [\(w.shape[0])]")
    }
    let (spatial, _) = try window(weights: w.shape).resolve(Array(x.shape.dimensions.dropFirst(2)))
    return [ValueType(x.elementType, try Shape(inferred: [x.shape[0], w.shape[0]] + spatial))]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let shape = try outputType(inputs).shape
    let (x, w) = (try inputs.required(0), try inputs.required(1))
    let bias = inputs.optional(2)?.doubles
    switch (x.elements, w.elements) {
    case (.float32(let xs), .float32(let ws)): return [try convolve(xs, x.shape, ws, w.shape, bias, to: shape)]
    case (.float64(let xs), .float64(let ws)): return [try convolve(xs, x.shape, ws, w.shape, bias, to: shape)]
    case (.float16(let xs), .float16(let ws)): return [try convolve(xs, x.shape, ws, w.shape, bias, to: shape)]
    default: throw ValueType(x.elementType, x.shape).unsupportedType()
    }
  }

  private func convolve<Element: BinaryFloatingPoint & TensorElement>(
    _ x: [Element], _ input: Shape, _ w: [Element], _ weights: Shape, _ bias: [Double]?, to output: Shape
  ) throws(GraphError) -> Tensor {
    let window = try window(weights: weights)
    let spatial = Array(input.dimensions.dropFirst(2))
    let (rows, pads) = try window.resolve(spatial)
    let runs = try window.runs(input: spatial, output: rows, pads: pads)
    let (inputCount, outputCount) = (input.count(2...), output.count(2...))
    let (groupIn, groupOut) = (weights[1], weights[0] / group)
    let source = x.map { Double($0) }
    var result: [Element] = []
    result.reserveCapacity(output.elementCount)
    for n in 0..<output[0] {
      for o in 0..<output[1] {
        var sums = [Double](repeating: bias?[o] ?? 0, count: outputCount)
        for c in 0..<groupIn {
          let plane = (n * input[1] + o / groupOut * groupIn + c) * inputCount
          let filter = (o * groupIn + c) * runs.count
          for (tap, runs) in runs.enumerated() {
            let weight = Double(w[filter + tap])
            for run in runs {
              var at = plane + run.input
              for position in run.output..<run.output + run.count {
                sums[position] += weight * source[at]
                at += run.stride
              }
            }
          }
        }
        result += sums.lazy.map { activation(Element($0)) }
      }
    }
    return try Tensor(computed: output, result)
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard inputs.count >= 2, let w = inputs[1]?.shape, let out = outputs.first?.shape, w.rank > 0, w[0] > 0 else {
      return nil
    }
    return checkedProduct(out.elementCount, 2 * (w.elementCount / w[0]) + activation.operationsPerElement)
  }
}
