internal import Graphs
internal import Tensors

extension Slice: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
      let ranges = try? ranges(try context.operands(of: node))
    else { return false }
    let shape = try context.type(of: input).shape
    if shape.rank == 4, ranges[1].step == 1,
      [0, 2, 3].allSatisfy({ ranges[$0].start == 0 && ranges[$0].step == 1 && ranges[$0].count == shape[$0] }),
      try context.lowerParts(node, input, [(output, ranges[1].start)])
    {
      return true
    }
    return try context.lowerBlocks(node, input, [(output, ranges.map { ($0.start, $0.step) })])
  }
}

extension Split: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, case let shape = try context.type(of: input).shape,
      case let axis = axis < 0 ? axis + shape.rank : axis, shape.dimensions.indices.contains(axis)
    else { return false }
    var parts: [(value: ValueID, first: Int)] = []
    var first = 0
    for output in node.outputs {
      guard let output, case let part = try context.type(of: output).shape, part.rank == shape.rank else {
        return false
      }
      parts.append((output, first))
      first += part[axis]
    }
    if shape.rank == 4, axis == 1, try context.lowerParts(node, input, parts) { return true }
    return try context.lowerBlocks(
      node, input,
      parts.map { part in
        (part.value, shape.dimensions.indices.map { (start: $0 == axis ? part.first : 0, step: 1) })
      })
  }
}

extension LoweringContext {
  /// Some channels of a value, where they lie: nothing is computed.
  fileprivate mutating func lowerParts(
    _ node: Node, _ input: ValueID, _ parts: [(value: ValueID, first: Int)]
  ) throws(InferenceError) -> Bool {
    let type = try type(of: input)
    guard type.elementType == .float32, type.shape.rank == 4, constant(input) == nil,
      parts.allSatisfy({ !observed.contains($0.value) })
    else { return false }
    for (value, channel) in parts {
      let shape = try self.type(of: value).shape
      if let source = quantizedSource(of: input), source.location.layout.order == .channelsLast,
        let next = soleQuantizer(of: value), next.parameters.hasSameMap(as: source.parameters)
      {
        place(next.output, quantized: source.location.channels(from: channel, shape), next.parameters)
        claim(next.node)
      } else {
        place(value, at: try channelsLast(input).channels(from: channel, shape))
      }
    }
    return true
  }
}

extension LoweringContext {
  /// Blocks of a tensor of floats in row-major order, each with a start and a step along every axis.
  fileprivate mutating func lowerBlocks(
    _ node: Node, _ input: ValueID, _ blocks: [(value: ValueID, ranges: [(start: Int, step: Int)])]
  ) throws(InferenceError) -> Bool {
    let type = try type(of: input)
    guard type.elementType == .float32, type.shape.rank >= 1, constant(input) == nil else { return false }
    let source = try rowMajor(input)
    let strides = type.shape.rowMajorStrides
    for (value, ranges) in blocks {
      let location = allocate(.rowMajor(.float32, try self.type(of: value).shape))
      append(
        StridedCopyStep(
          nodes: [node.name], operation: node.op.name, input: source, output: location,
          first: zip(ranges, strides).reduce(0) { $0 + $1.0.start * $1.1 },
          strides: zip(ranges, strides).map { $0.step * $1 }))
      place(value, at: location)
    }
    return true
  }
}

extension Location {
  /// The place of some channels of the value that lies here with channels last.
  fileprivate func channels(from first: Int, _ shape: Shape) -> Location {
    var part = self
    part.byteOffset += first * layout.elementType.byteCount
    part.layout.shape = shape
    part.layout.ownsGaps = false
    return part
  }
}
