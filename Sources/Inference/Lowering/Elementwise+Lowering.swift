internal import Graphs
internal import Tensors

extension Add: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    for case let input? in node.inputs {
      if let producer = context.producers[input], context.isDeferred(producer) { try context.lower(producer) }
    }
    if context.isClaimed(index) { return true }
    if try context.lowerQuantizedSum(node, "Add", activation) { return true }
    return try context.lowerBinary(node, "Add", .add, activation) { (scale: 1, bias: $0) }
  }
}

extension Sum: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2 else { return false }
    if try context.lowerQuantizedSum(node, "Sum", .identity) { return true }
    return try context.lowerBinary(node, "Sum", .add, .identity) { (scale: 1, bias: $0) }
  }
}

extension Relu: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerActivation(node, .relu)
  }
}

extension Clip: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let activation = activation(try context.operands(of: node)) else { return false }
    return try context.lowerActivation(node, activation)
  }
}

extension BatchNormalization: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard node.inputs.count == 5, let input = node.inputs[0], let output = node.outputs.first ?? nil else {
      return false
    }
    var parameters: [[Double]] = []
    for slot in 1...4 {
      guard let tensor = context.constant(node.inputs[slot]), tensor.elementType == .float32 else { return false }
      parameters.append(tensor.doubles)
    }
    let type = try context.type(of: input)
    guard type.elementType == .float32, type.shape.rank == 4, parameters.allSatisfy({ $0.count == type.shape[1] })
    else {
      return false
    }
    let (factors, summands) = affine(parameters)
    try context.appendChannelScale(
      node, "BatchNormalization", input, output, factors.map(Float.init), summands.map(Float.init), activation)
    return true
  }
}

extension LoweringContext {
  /// y = activation(x * scale[c] + bias[c]), with a Relu or Clip that follows taken along.
  mutating func appendChannelScale(
    _ node: Node, _ name: String, _ input: ValueID, _ output: ValueID, _ scale: [Float], _ bias: [Float],
    _ activation: Activation
  ) throws(InferenceError) {
    var target = output
    var activation = activation
    var names = [node.name]
    if activation == .identity, let next = soleConsumer(of: output), graph.nodes[next].op is Relu,
      let result = graph.nodes[next].outputs.first ?? nil
    {
      (target, activation) = (result, .relu)
      names.append(graph.nodes[next].name)
      claim(next)
    }
    let operation = activation == .identity ? name : "\(name)+\(activation.shortName)"
    let shape = try type(of: output).shape
    if let value = quantizedSource(of: input), let next = soleQuantizer(of: target),
      value.location.layout.order == .channelsLast, (scale + bias).allSatisfy(\.isFinite)
    {
      let (from, to) = (value.parameters, next.parameters)
      let factors = scale.map { Double($0) * Double(from.scale) / Double(to.scale) }
      let offsets = zip(bias, factors).map {
        Float(Double($0) / Double(to.scale) + Double(to.zeroPoint) - Double(from.zeroPoint) * $1)
      }
      let location = allocate(.channelsLast(.uint8, shape), for: next.output)
      let (lower, upper) = to.bounds(activation)
      append(
        ChannelRescaleStep(
          nodes: names, operation: operation, vectors: vectors,
          scale: try AlignedBuffer(factors.map(Float.init), padding: 64),
          offset: try AlignedBuffer(offsets, padding: 64), input: value.location, output: location, lower: lower,
          upper: upper))
      place(next.output, quantized: location, to)
      claim(next.node)
      return
    }
    let source = try channelsLast(input)
    let location = allocate(.channelsLast(.float32, shape), for: target)
    let bounds = activation.bounds
    append(
      ChannelScaleStep(
        nodes: names, operation: operation, vectors: vectors,
        scale: try AlignedBuffer(scale, padding: 64), bias: try AlignedBuffer(bias, padding: 64), input: source,
        output: location, lower: bounds.lower ?? -.infinity, upper: bounds.upper ?? .infinity))
    place(target, at: location)
  }

  /// A sum of two quantized tensors of one shape that is quantized again.
  mutating func lowerQuantizedSum(
    _ node: Node, _ name: String, _ activation: Activation
  ) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2, let output = node.outputs.first ?? nil, let a = quantizedSource(of: node.inputs[0]),
      let b = quantizedSource(of: node.inputs[1]), a.location.layout.shape == b.location.layout.shape,
      let next = soleQuantizer(of: output), a.location.layout.order == .channelsLast,
      b.location.layout.order == .channelsLast
    else { return false }
    let target = next.parameters
    let scaleA = Double(a.parameters.scale) / Double(target.scale)
    let scaleB = Double(b.parameters.scale) / Double(target.scale)
    let offset =
      Double(target.zeroPoint) - Double(a.parameters.zeroPoint) * scaleA
      - Double(b.parameters.zeroPoint) * scaleB
    let location = allocate(.channelsLast(.uint8, a.location.layout.shape), for: next.output)
    let (lower, upper) = target.bounds(activation)
    append(
      AddStepU8(
        nodes: [node.name], operation: activation == .identity ? name : "\(name)+\(activation.shortName)",
        vectors: vectors, inputs: (a.location, b.location),
        scales: (Float(scaleA), Float(scaleB)), offset: Float(offset), output: location, lower: lower, upper: upper))
    place(next.output, quantized: location, target)
    claim(next.node)
    return true
  }

  /// An operation on two float tensors of one shape, or on one and constants of which there is one or one a channel.
  mutating func lowerBinary(
    _ node: Node, _ name: String, _ kind: ElementwiseStepF32.Kind, _ activation: Activation,
    affine: (Float) -> (scale: Float, bias: Float)
  ) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2, let first = node.inputs[0], let second = node.inputs[1],
      let output = node.outputs.first ?? nil
    else { return false }
    let type = try type(of: output)
    guard type.elementType == .float32 else { return false }
    for (input, other) in [(first, second), (second, first)] {
      guard let tensor = constant(other), try self.type(of: input).shape == type.shape, type.shape.rank == 4,
        let values = tensor.valuesByChannel(of: type.shape)
      else { continue }
      let maps = values.map(affine)
      try appendChannelScale(node, name, input, output, maps.map(\.scale), maps.map(\.bias), activation)
      return true
    }
    if try lowerConstantOperand(node, name, kind == .add ? .add : .multiply, activation) { return true }
    return try lowerPair(node, name, kind, activation)
  }

  /// An operation on two float tensors of one shape.
  mutating func lowerPair(
    _ node: Node, _ name: String, _ kind: ElementwiseStepF32.Kind, _ activation: Activation
  ) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2, let first = node.inputs[0], let second = node.inputs[1],
      let output = node.outputs.first ?? nil, case let type = try type(of: output), type.elementType == .float32,
      constant(first) == nil, constant(second) == nil, try self.type(of: first).shape == type.shape,
      try self.type(of: second).shape == type.shape
    else { return false }
    let hasChannels = type.shape.rank == 4
    let a = try hasChannels ? channelsLast(first) : rowMajor(first)
    let b = try hasChannels ? channelsLast(second) : rowMajor(second)
    let location = allocate(
      hasChannels ? .channelsLast(.float32, type.shape) : .rowMajor(.float32, type.shape), for: output)
    let bounds = activation.bounds
    append(
      ElementwiseStepF32(
        nodes: [node.name], operation: activation == .identity ? name : "\(name)+\(activation.shortName)", kind: kind,
        vectors: vectors, inputs: [a, b], output: location,
        lower: bounds.lower ?? -.infinity, upper: bounds.upper ?? .infinity))
    place(output, at: location)
    return true
  }

  /// Appends a step that gives a quantized value other parameters, and an activation between.
  mutating func appendRescale(
    _ node: Node, _ name: String, _ input: Location, _ from: TensorQuantization, _ output: ValueID,
    _ to: TensorQuantization, _ activation: Activation
  ) {
    let scale = Double(from.scale) / Double(to.scale)
    let location = allocate(.channelsLast(.uint8, input.layout.shape), for: output)
    let (lower, upper) = to.bounds(activation)
    append(
      RescaleStep(
        nodes: [node.name], operation: name, vectors: vectors, input: input, scale: Float(scale),
        offset: Float(Double(to.zeroPoint) - Double(from.zeroPoint) * scale), output: location, lower: lower,
        upper: upper))
    place(output, quantized: location, to)
  }

  /// A Relu or Clip that nothing else took along.
  mutating func lowerActivation(_ node: Node, _ activation: Activation) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil else { return false }
    let type = try type(of: output)
    guard type.elementType == .float32 else { return false }
    if let source = quantizedSource(of: input), let next = soleQuantizer(of: output),
      source.location.layout.order == .channelsLast
    {
      appendRescale(
        node, activation.shortName, source.location, source.parameters, next.output, next.parameters, activation)
      claim(next.node)
      return true
    }
    let hasChannels = type.shape.rank == 4 || type.shape.rank == 2
    let source = try hasChannels ? channelsLast(input) : rowMajor(input)
    let location = allocate(
      hasChannels ? .channelsLast(.float32, type.shape) : .rowMajor(.float32, type.shape), for: output)
    let bounds = activation.bounds
    append(
      ElementwiseStepF32(
        nodes: [node.name], operation: activation.shortName, kind: .clamp, vectors: vectors, inputs: [source],
        output: location, lower: bounds.lower ?? -.infinity, upper: bounds.upper ?? .infinity))
    place(output, at: location)
    return true
  }
}

extension Tensor {
  /// The elements by channel if, broadcast to a shape [N, C, H, W], they depend on the channel only.
  func valuesByChannel(of target: Shape) -> [Float]? {
    guard elementType == .float32, shape.rank <= target.rank else { return nil }
    let values = floats
    if values.count == 1 { return [Float](repeating: values[0], count: target[1]) }
    let padded = [Int](repeating: 1, count: target.rank - shape.rank) + shape.dimensions
    guard padded[1] == target[1], values.count == target[1] else { return nil }
    return values
  }
}
