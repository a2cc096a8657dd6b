internal import Graphs
internal import Tensors

extension Sub: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    if try context.lowerChannelAffine(
      node, "Sub", activation,
      { number, isFirst in
        isFirst ? (scale: -1, bias: number) : (scale: 1, bias: -number)
      })
    {
      return true
    }
    let isFirst = context.constant(node.inputs.first ?? nil) != nil
    if try context.lowerConstantOperand(node, "Sub", isFirst ? .subtractFrom : .subtract, activation) { return true }
    return try context.lowerPair(node, "Sub", .subtract, activation)
  }
}

extension Div: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    if try context.lowerChannelAffine(
      node, "Div", .identity, { number, isFirst in isFirst ? nil : (scale: 1 / number, bias: 0) })
    {
      return true
    }
    guard context.constant(node.inputs.first ?? nil) == nil else { return false }
    if try context.lowerConstantOperand(node, "Div", .divide, .identity) { return true }
    return try context.lowerPair(node, "Div", .divide, .identity)
  }
}

extension LoweringContext {
  /// An operation on a tensor and constants that are the same for each image, or the other way round.
  mutating func lowerConstantOperand(
    _ node: Node, _ name: String, _ kind: ConstantOperandStep.Kind, _ activation: Activation
  ) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2, let first = node.inputs[0], let second = node.inputs[1],
      let output = node.outputs.first ?? nil, case let type = try type(of: output), type.elementType == .float32,
      (constant(first) == nil) != (constant(second) == nil)
    else { return false }
    let (input, other) = constant(first) == nil ? (first, second) : (second, first)
    guard let tensor = constant(other), tensor.elementType == .float32, type.shape.rank >= 1,
      try self.type(of: input).shape == type.shape, tensor.shape.rank <= type.shape.rank,
      tensor.shape.rank < type.shape.rank || tensor.shape[0] == 1 || type.shape[0] == 1,
      let image = try? Shape([1] + type.shape.dimensions.dropFirst()),
      let operand = try? Expand().evaluate(
        [tensor, Tensor(vector: image.dimensions.map(Int64.init))], outputCount: 1
      ).first?.floats
    else { return false }
    let source = try rowMajor(input)
    let location = allocate(.rowMajor(.float32, type.shape))
    let bounds = activation.bounds
    append(
      ConstantOperandStep(
        nodes: [node.name], operation: activation == .identity ? name : "\(name)+\(activation.shortName)", kind: kind,
        input: source, output: location, constants: try AlignedBuffer(operand), count: operand.count,
        lower: bounds.lower ?? -.infinity, upper: bounds.upper ?? .infinity))
    place(output, at: location)
    return true
  }

  /// An operation on a value [N, C, H, W] and constants of which there is one or one a channel.
  ///
  /// - Parameter affine: the factor and the summand for a constant that is the first operand, or the second.
  fileprivate mutating func lowerChannelAffine(
    _ node: Node, _ name: String, _ activation: Activation, _ affine: (Float, Bool) -> (scale: Float, bias: Float)?
  ) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2, let first = node.inputs[0], let second = node.inputs[1],
      let output = node.outputs.first ?? nil, case let type = try type(of: output), type.elementType == .float32,
      type.shape.rank == 4
    else { return false }
    let isFirst = constant(first) != nil
    let input = isFirst ? second : first
    guard let values = constant(isFirst ? first : second)?.valuesByChannel(of: type.shape), constant(input) == nil,
      try self.type(of: input).shape == type.shape
    else { return false }
    var scale: [Float] = []
    var bias: [Float] = []
    for value in values {
      guard let map = affine(value, isFirst), map.scale.isFinite else { return false }
      scale.append(map.scale)
      bias.append(map.bias)
    }
    try appendChannelScale(node, name, input, output, scale, bias, activation)
    return true
  }
}
