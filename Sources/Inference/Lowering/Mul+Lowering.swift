internal import Graphs
internal import Tensors

extension Mul: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    if try context.lowerGate(node, activation) { return true }
    if try context.lowerQuantizedProduct(node, activation) { return true }
    return try context.lowerBinary(node, "Mul", .multiply, activation) { (scale: $0, bias: 0) }
  }
}

extension LoweringContext {
  /// A product of a tensor [N, C, H, W] with one of [N, C, 1, 1], in either order.
  fileprivate mutating func lowerGate(_ node: Node, _ activation: Activation) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2, let output = node.outputs.first ?? nil, case let type = try type(of: output),
      type.elementType == .float32, type.shape.rank == 4
    else { return false }
    let operands = node.inputs.compactMap { $0 }
    guard let gate = operands.first(where: { isGate($0, of: type.shape) }),
      let input = operands.first(where: { $0 != gate && graph.type(of: $0)?.shape == type.shape }),
      constant(gate) == nil, constant(input) == nil
    else { return false }
    let name = activation == .identity ? "Mul" : "Mul+\(activation.shortName)"
    if let value = quantizedSource(of: input), let factor = quantizedSource(of: gate),
      let next = soleQuantizer(of: output), value.location.layout.order == .channelsLast,
      factor.location.layout.order == .channelsLast
    {
      let location = allocate(.channelsLast(.uint8, type.shape), for: next.output)
      let (lower, upper) = next.parameters.bounds(activation)
      append(
        GateStep(
          nodes: [node.name], operation: name, vectors: vectors, input: value.location, gate: factor.location,
          output: location,
          quantization: .init(input: value.parameters, gate: factor.parameters, output: next.parameters), lower: lower,
          upper: upper))
      place(next.output, quantized: location, next.parameters)
      claim(next.node)
      return true
    }
    let (value, factor) = (try channelsLast(input), try channelsLast(gate))
    let location = allocate(.channelsLast(.float32, type.shape), for: output)
    let bounds = activation.bounds
    append(
      GateStep(
        nodes: [node.name], operation: name, vectors: vectors, input: value, gate: factor, output: location,
        quantization: nil, lower: bounds.lower ?? -.infinity, upper: bounds.upper ?? .infinity))
    place(output, at: location)
    return true
  }

  /// Whether a value has one number for each channel of each image of a shape with more pixels than one.
  private func isGate(_ value: ValueID, of shape: Shape) -> Bool {
    guard let type = graph.type(of: value), type.elementType == .float32, type.shape.rank == 4 else { return false }
    return type.shape.dimensions == [shape[0], shape[1], 1, 1] && type.shape != shape
  }

  /// A product of two quantized tensors of one shape that is quantized again.
  fileprivate mutating func lowerQuantizedProduct(
    _ node: Node, _ activation: Activation
  ) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2, let output = node.outputs.first ?? nil, let a = quantizedSource(of: node.inputs[0]),
      let b = quantizedSource(of: node.inputs[1]), a.location.layout.shape == b.location.layout.shape,
      let next = soleQuantizer(of: output), a.location.layout.order == .channelsLast,
      b.location.layout.order == .channelsLast
    else { return false }
    let location = allocate(.channelsLast(.uint8, a.location.layout.shape), for: next.output)
    let scale = Double(a.parameters.scale) * Double(b.parameters.scale) / Double(next.parameters.scale)
    let (lower, upper) = next.parameters.bounds(activation)
    append(
      MultiplyStepU8(
        nodes: [node.name], operation: activation == .identity ? "Mul" : "Mul+\(activation.shortName)",
        vectors: vectors, inputs: (a, b), scale: Float(scale), offset: Float(next.parameters.zeroPoint),
        output: location, lower: lower, upper: upper))
    place(next.output, quantized: location, next.parameters)
    claim(next.node)
    return true
  }
}
