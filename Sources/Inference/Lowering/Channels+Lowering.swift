internal import Graphs
internal import Tensors

extension Concat: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let output = node.outputs.first ?? nil, case let type = try context.type(of: output),
      type.elementType == .float32, type.shape.rank == 4, axis == 1 || axis == -3
    else { return false }
    let inputs = node.inputs.compactMap { $0 }
    guard inputs.count == node.inputs.count else { return false }
    let sources = inputs.compactMap { context.quantizedSource(of: $0) }
    if sources.count == inputs.count, let next = context.soleQuantizer(of: output),
      sources.allSatisfy({ $0.location.layout.order == .channelsLast })
    {
      let parts = sources.map { source in
        let ratio = Double(source.parameters.scale) / Double(next.parameters.scale)
        let shift = Double(next.parameters.zeroPoint) - Double(source.parameters.zeroPoint) * ratio
        return ConcatStep.Part(
          input: source.location,
          rescale: source.parameters.hasSameMap(as: next.parameters) ? nil : (Float(ratio), Float(shift)))
      }
      let location = context.allocate(.channelsLast(.uint8, type.shape))
      context.append(ConcatStep(nodes: [node.name], vectors: context.vectors, parts: parts, output: location))
      context.place(next.output, quantized: location, next.parameters)
      context.claim(next.node)
      return true
    }
    var parts: [ConcatStep.Part] = []
    for input in inputs { parts.append(.init(input: try context.channelsLast(input), rescale: nil)) }
    let location = context.allocate(.channelsLast(.float32, type.shape))
    context.append(ConcatStep(nodes: [node.name], vectors: context.vectors, parts: parts, output: location))
    context.place(output, at: location)
    return true
  }
}

extension LRN: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
      case let type = try context.type(of: output), type.elementType == .float32, type.shape.rank == 4
    else { return false }
    let source = try context.channelsLast(input)
    let location = context.allocate(.channelsLast(.float32, type.shape))
    context.append(
      LRNStep(
        nodes: [node.name], vectors: context.vectors, size: size, alpha: alpha, beta: beta, bias: bias, input: source,
        output: location))
    context.place(output, at: location)
    return true
  }
}

extension Softmax: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
      case let type = try context.type(of: output), type.elementType == .float32, type.shape.elementCount > 0
    else { return false }
    let first = axis < 0 ? axis + type.shape.rank : axis
    guard type.shape.dimensions.indices.contains(first) else { return false }
    let behind = type.shape.dimensions[(first + 1)...].reduce(1, *)
    guard flattens || behind == 1 else { return false }
    let source = try context.rowMajor(input)
    let location = context.allocate(.rowMajor(.float32, type.shape))
    context.append(
      SoftmaxStep(
        nodes: [node.name], vectors: context.vectors, input: source, output: location,
        count: type.shape[first] * (flattens ? behind : 1)))
    context.place(output, at: location)
    return true
  }
}
