internal import Graphs
internal import Tensors

extension MaxPool: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard node.outputs.count == 1 else { return false }
    return try context.lowerPooling(node, "MaxPool", .maximum, window, countsPadding: false)
  }
}

extension AveragePool: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerPooling(node, "AveragePool", .average, window, countsPadding: countsPadding)
  }
}

extension GlobalMaxPool: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, case let shape = try context.type(of: input).shape, shape.rank == 4
    else { return false }
    let window = SpatialWindow(kernel: [shape[2], shape[3]])
    return try context.lowerPooling(node, "GlobalMaxPool", .maximum, window, countsPadding: false)
  }
}

extension GlobalAveragePool: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerGlobalAverage(node, "GlobalAveragePool")
  }
}

extension ReduceMean: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil else { return false }
    var operands: [Operand?] = [Operand(type: try context.type(of: input))]
    if node.inputs.count > 1, let axes = node.inputs[1] {
      operands.append(Operand(type: try context.type(of: axes), constant: context.constant(axes)))
    }
    guard (try? reducedAxes(operands)) == [2, 3] else { return false }
    return try context.lowerGlobalAverage(node, "ReduceMean")
  }
}

extension LoweringContext {
  /// Windows of so many bytes have sums that fit in 32 bits.
  private static let maximumPoolingTaps = 1 << 22

  fileprivate mutating func lowerPooling(
    _ node: Node, _ name: String, _ kind: PoolingStep.Kind, _ window: SpatialWindow, countsPadding: Bool
  ) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil else { return false }
    let type = try type(of: input)
    guard type.elementType == .float32, type.shape.rank == 4 else { return false }
    let outputShape = try self.type(of: output).shape
    guard var geometry = try? WindowGeometry(window, input: type.shape, output: outputShape),
      geometry.taps <= Self.maximumPoolingTaps
    else { return false }
    var source: Location
    var target: Location
    var scale: Float = 1
    var offset: Float = 0
    var zeroPoint: UInt8 = 0
    let next = soleQuantizer(of: output)
    var rescale: (parameters: TensorQuantization, result: TensorQuantization)?
    if let value = quantizedSource(of: input), let next,
      geometry.alwaysMeetsInput || (kind == .maximum && next.parameters.hasSameMap(as: value.parameters))
    {
      source = value.location
      zeroPoint = UInt8(clamping: value.parameters.zeroPoint)
      let layout = PhysicalLayout.channelsLast(.uint8, outputShape)
      if kind == .maximum, !next.parameters.hasSameMap(as: value.parameters) {
        target = allocate(layout)
        rescale = (value.parameters, next.parameters)
      } else {
        target = allocate(layout, for: next.output)
        let ratio = Double(value.parameters.scale) / Double(next.parameters.scale)
        scale = Float(ratio)
        offset = Float(Double(next.parameters.zeroPoint) - Double(value.parameters.zeroPoint) * ratio)
        place(next.output, quantized: target, next.parameters)
      }
      claim(next.node)
    } else {
      source = try channelsLast(input)
      target = allocate(.channelsLast(.float32, outputShape), for: output)
      place(output, at: target)
    }
    geometry.inputStride = source.layout.pixelStride
    geometry.outputStride = target.layout.pixelStride
    append(
      PoolingStep(
        nodes: [node.name], operation: name, kind: kind, vectors: vectors, geometry: geometry, channels: type.shape[1],
        countsPadding: countsPadding, zeroPoint: zeroPoint, scale: scale, offset: offset, input: source, output: target)
    )
    if let rescale, let next {
      appendRescale(node, "QuantizeLinear", target, rescale.parameters, next.output, rescale.result, .identity)
    }
    return true
  }

  fileprivate mutating func lowerGlobalAverage(_ node: Node, _ name: String) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil else { return false }
    let type = try type(of: input)
    guard type.elementType == .float32, type.shape.rank == 4, type.shape.elementCount > 0 else { return false }
    let shape = try Shape(pooled: type.shape)
    let outputShape = try self.type(of: output).shape
    if let source = quantizedSource(of: input), source.location.layout.order == .channelsLast {
      let next = soleQuantizer(of: output)
      var target = allocate(.channelsLast(next == nil ? .float32 : .uint8, shape), for: next?.output ?? output)
      append(
        GlobalAverageStep(
          nodes: [node.name], operation: name, vectors: vectors, input: source.location,
          inputParameters: source.parameters, outputParameters: next?.parameters, output: target))
      if let next {
        target.layout.shape = outputShape
        place(next.output, quantized: target, next.parameters)
        claim(next.node)
      } else {
        if outputShape.rank != 4 { target.layout = .rowMajor(.float32, outputShape) }
        place(output, at: target)
      }
      return true
    }
    let source = try channelsLast(input)
    var target = allocate(.channelsLast(.float32, shape), for: output)
    append(
      GlobalAverageStep(
        nodes: [node.name], operation: name, vectors: vectors, input: source, inputParameters: nil,
        outputParameters: nil, output: target))
    if outputShape.rank != 4 { target.layout = .rowMajor(.float32, outputShape) }
    place(output, at: target)
    return true
  }
}

extension WindowGeometry {
  /// Whether no window lies in padding alone, whose mean is zero and not what the padding holds.
  fileprivate var alwaysMeetsInput: Bool {
    dilationHeight == 1 && dilationWidth == 1 && max(padTop, padBottom) < kernelHeight
      && max(padLeft, padRight) < kernelWidth
  }
}

extension Shape {
  /// [N, C, 1, 1] of a shape [N, C, H, W].
  fileprivate init(pooled shape: Shape) throws(InferenceError) {
    do {
      try self.init([shape[0], shape[1], 1, 1])
    } catch { throw InferenceError(.unsupportedGraph, error.message) }
  }
}
