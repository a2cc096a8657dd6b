internal import Graphs
internal import Tensors

extension Sub: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerChannelAffine(node, "Sub", activation) { number, isFirst in
      isFirst ? (scale: -1, bias: number) : (scale: 1, bias: -number)
    }
  }
}

extension Div: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerChannelAffine(node, "Div", .identity) { number, isFirst in
      isFirst ? nil : (scale: 1 / number, bias: 0)
    }
  }
}

extension LoweringContext {
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
