internal import Graphs
internal import Tensors

extension Conv: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, node.inputs.count >= 2, let output = node.outputs.first ?? nil else {
      return false
    }
    let type = try context.type(of: input)
    guard type.elementType == .float32, type.shape.rank == 4, let weights = node.inputs[1],
      let window = try? window(weights: try context.type(of: weights).shape),
      let geometry = try? WindowGeometry(window, input: type.shape, output: try context.type(of: output).shape),
      let source = try source(node, in: context), source.isDepthwise || geometry.taps <= WindowGeometry.maximumGEMMTaps
    else { return false }
    var quantized = false
    if case .quantized = source.weights { quantized = context.quantizedSource(of: input) != nil }
    var found = try context.epilogue(
      of: node, activation: activation, quantized: quantized, takesSum: !source.isDepthwise)
    if found == nil {
      if !context.isDeferred(index) {
        context.defer(index)
        return true
      }
      found = ConvolutionEpilogue(
        output: output, quantization: nil, activation: activation, residual: nil, nodes: [], names: [])
    }
    guard let epilogue = found else { return false }
    context.undefer(index)
    context.claim(index)
    try context.appendConvolution(
      source.isDepthwise ? "DepthwiseConv" : "Conv", node: node, source: source, geometry: geometry, input: input,
      outputShape: try context.type(of: output).shape, epilogue: epilogue)
    return true
  }

  private func source(_ node: Node, in context: LoweringContext) throws(InferenceError) -> ConvolutionSource? {
    let weights: Tensor
    let content: ConvolutionSource.Weights
    if let (tensor, scales) = ConvolutionSource.quantizedWeights(node.inputs[1], axis: 0, in: context),
      case .int8(let elements) = tensor.elements
    {
      weights = tensor
      content = .quantized(elements, scales: scales)
    } else if let tensor = context.constant(node.inputs[1]), tensor.elementType == .float32 {
      weights = tensor
      content = .floats(tensor.floats)
    } else {
      return nil
    }
    var bias = [Float](repeating: 0, count: weights.shape[0])
    if node.inputs.count > 2, node.inputs[2] != nil {
      guard let tensor = context.constant(node.inputs[2]), tensor.elementCount == bias.count else { return nil }
      bias = tensor.floats
    }
    return ConvolutionSource(
      weights: content, bias: bias, columns: weights.shape[0], channels: weights.shape[1],
      taps: weights.shape[2] * weights.shape[3], groups: group)
  }
}

extension WindowGeometry {
  /// The geometry of a window over values of shape [N, C, H, W]; the strides are those of dense tensors.
  ///
  /// - Throws: `GraphError` if the window does not fit.
  init(_ window: SpatialWindow, input: Shape, output: Shape) throws(GraphError) {
    let (_, pads) = try window.resolve(Array(input.dimensions.dropFirst(2)))
    guard window.rank == 2, pads.allSatisfy({ $0 >= 0 }) else {
      throw GraphError(.invalidAttribute, "only windows over height and width with pads of 0 or more can be planned")
    }
    self.init(
      batch: input[0], inputHeight: input[2], inputWidth: input[3], inputStride: input[1], outputHeight: output[2],
      outputWidth: output[3], outputStride: output[1], kernelHeight: window.kernel[0], kernelWidth: window.kernel[1],
      strideHeight: window.strides[0], strideWidth: window.strides[1], dilationHeight: window.dilations[0],
      dilationWidth: window.dilations[1], padTop: pads[0], padLeft: pads[1], padBottom: pads[2], padRight: pads[3])
  }
}
