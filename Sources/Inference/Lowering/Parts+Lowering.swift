internal import Graphs
internal import Tensors

extension Slice: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil else { return false }
    var operands: [Operand?] = []
    for input in node.inputs {
      guard let input else {
        operands.append(nil)
        continue
      }
      operands.append(Operand(type: try context.type(of: input), constant: context.constant(input)))
    }
    let shape = try context.type(of: input).shape
    guard shape.rank == 4, let ranges = try? ranges(operands), ranges[1].step == 1,
      [0, 2, 3].allSatisfy({ ranges[$0].start == 0 && ranges[$0].step == 1 && ranges[$0].count == shape[$0] })
    else { return false }
    return try context.lowerParts(node, input, [(output, ranges[1].start)])
  }
}

extension Split: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, axis == 1 || axis == -3 else { return false }
    var parts: [(ValueID, Int)] = []
    var channel = 0
    for output in node.outputs {
      guard let output, case let shape = try context.type(of: output).shape, shape.rank == 4 else { return false }
      parts.append((output, channel))
      channel += shape[1]
    }
    return try context.lowerParts(node, input, parts)
  }
}

extension LoweringContext {
  /// Some channels of a value, where they lie: nothing is computed.
  fileprivate mutating func lowerParts(
    _ node: Node, _ input: ValueID, _ parts: [(value: ValueID, firstChannel: Int)]
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
