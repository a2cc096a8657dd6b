public import Tensors

/// Convolution of a batch of NC… inputs with grouped filters, plus bias: ONNX `Conv`.
///
/// Inputs: X [N, C, spatial…], W [M, C / group, kernel…], optional B [M]. Output: [N, M, spatial…]. float32 or float64.
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
    guard (2...3).contains(inputs.count), let x = inputs[0]?.type, let w = inputs[1]?.type else {
      throw GraphError(.invalidInput, "needs an input, weights and optionally a bias")
    }
    guard x.elementType == w.elementType, x.elementType.isFloatingPoint else {
      throw GraphError(.invalidInput, "cannot convolve \(x.elementType.rawValue) with \(w.elementType.rawValue)")
    }
    guard x.shape.rank >= 3, x.shape.rank == w.shape.rank else {
      throw GraphError(.invalidInput, "the input \(x.shape) and the weights \(w.shape) must have the same rank, at least 3")
    }
    guard w.shape[0] % group == 0, x.shape[1] % group == 0, x.shape[1] / group == w.shape[1], w.shape[0] > 0 else {
      throw GraphError(
        .invalidInput, "\(x.shape[1]) input channels in \(group) groups do not fit the weights \(w.shape)")
    }
    if inputs.count == 3, let b = inputs[2]?.type, b.shape.dimensions != [w.shape[0]] {
      throw GraphError(.invalidInput, "the bias \(b.shape) must be [\(w.shape[0])]")
    }
    let (spatial, _) = try window(weights: w.shape).resolve(Array(x.shape.dimensions.dropFirst(2)))
    do {
      return [ValueType(x.elementType, try Shape([x.shape[0], w.shape[0]] + spatial))]
    } catch { throw GraphError(error) }
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    guard inputs.count >= 2, let x = inputs[0], let w = inputs[1] else {
      throw GraphError(.invalidInput, "needs an input and weights")
    }
    let bias = inputs.count > 2 ? inputs[2]?.doubles : nil
    let window = try window(weights: w.shape)
    let spatialIn = Array(x.shape.dimensions.dropFirst(2))
    let (spatialOut, pads) = try window.resolve(spatialIn)
    let (xs, ws) = (x.doubles, w.doubles)
    let batch = x.shape[0]
    let outChannels = w.shape[0]
    let groupIn = w.shape[1]
    let groupOut = outChannels / group
    let inCount = spatialIn.reduce(1, *)
    let outCount = spatialOut.reduce(1, *)
    let taps = window.taps(input: spatialIn, output: spatialOut, pads: pads)
    let kernelCount = window.kernel.reduce(1, *)
    var result = [Float](repeating: 0, count: batch * outChannels * outCount)
    for n in 0..<batch {
      for o in 0..<outChannels {
        let firstIn = o / groupOut * groupIn
        for position in 0..<outCount {
          var sum = bias?[o] ?? 0
          for c in 0..<groupIn {
            let plane = (n * x.shape[1] + firstIn + c) * inCount
            let filter = (o * groupIn + c) * kernelCount
            for k in 0..<kernelCount {
              let source = taps[position * kernelCount + k]
              if source >= 0 { sum += xs[plane + source] * ws[filter + k] }
            }
          }
          result[(n * outChannels + o) * outCount + position] = activation(Float(sum))
        }
      }
    }
    do {
      let tensor = try Tensor(shape: try Shape([batch, outChannels] + spatialOut), result)
      return [tensor.converted(to: x.elementType)]
    } catch { throw GraphError(error) }
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard inputs.count >= 2, let w = inputs[1]?.shape, let out = outputs.first?.shape, w[0] > 0 else { return nil }
    return 2 * out.elementCount * (w.elementCount / w[0])
  }
}
