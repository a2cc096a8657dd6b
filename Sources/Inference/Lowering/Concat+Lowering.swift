internal import Graphs
internal import Tensors

extension Concat: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    let inputs = node.inputs.compactMap { $0 }
    guard let output = node.outputs.first ?? nil, case let type = try context.type(of: output),
      type.elementType == .float32, inputs.count == node.inputs.count
    else { return false }
    guard type.shape.rank == 4, axis == 1 || axis == -3 else {
      return try context.lowerJoin(node, inputs, output, type.shape, axis)
    }
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
  /// Tensors in row-major order side by side along any axis.
  fileprivate mutating func lowerJoin(
    _ node: Node, _ inputs: [ValueID], _ output: ValueID, _ shape: Shape, _ axis: Int
  ) throws(InferenceError) -> Bool {
    let axis = axis < 0 ? axis + shape.rank : axis
    guard shape.dimensions.indices.contains(axis) else { return false }
    var (parts, runs): ([Location], [Int]) = ([], [])
    for input in inputs {
      parts.append(try rowMajor(input))
      runs.append(try type(of: input).shape.dimensions[axis...].reduce(1, *))
    }
    let location = allocate(.rowMajor(.float32, shape))
    append(JoinStep(nodes: [node.name], inputs: parts, output: location, runs: runs))
    place(output, at: location)
    return true
  }

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
