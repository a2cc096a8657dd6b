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
      let location = context.allocate(.channelsLast(.uint8, type.shape), for: next.output)
      let rescales = sources.map { source -> (scale: Float, offset: Float)? in
        guard !source.parameters.hasSameMap(as: next.parameters) else { return nil }
        let ratio = Double(source.parameters.scale) / Double(next.parameters.scale)
        return (Float(ratio), Float(Double(next.parameters.zeroPoint) - Double(source.parameters.zeroPoint) * ratio))
      }
      context.join(node, sources.map(\.location), rescales, at: location)
      context.place(next.output, quantized: location, next.parameters)
      context.claim(next.node)
      return true
    }
    var parts: [Location] = []
    for input in inputs { parts.append(try context.channelsLast(input)) }
    let location = context.allocate(.channelsLast(.float32, type.shape), for: output)
    context.join(node, parts, parts.map { _ in nil }, at: location)
    context.place(output, at: location)
    return true
  }
}

extension LoweringContext {
  /// Appends a step that copies what does not lie in its place yet.
  fileprivate mutating func join(
    _ node: Node, _ inputs: [Location], _ rescales: [(scale: Float, offset: Float)?], at output: Location
  ) {
    var parts: [ConcatStep.Part] = []
    var channel = 0
    for (input, rescale) in zip(inputs, rescales) {
      let isInPlace =
        rescale == nil && input.buffer == output.buffer && input.layout.pixelStride == output.layout.pixelStride
        && input.byteOffset == output.byteOffset + channel * output.layout.elementType.byteCount
      if !isInPlace { parts.append(.init(input: input, firstChannel: channel, rescale: rescale)) }
      channel += input.layout.channels
    }
    if !parts.isEmpty {
      append(ConcatStep(nodes: [node.name], vectors: vectors, parts: parts, output: output))
    }
  }
}
