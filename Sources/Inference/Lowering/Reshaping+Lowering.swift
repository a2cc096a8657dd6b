internal import Graphs
internal import Tensors

extension Reshape: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    if try context.lowerChannelShuffle(index) { return true }
    return try context.lowerReshaping(node)
  }
}

extension Flatten: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerReshaping(node)
  }
}

extension Squeeze: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerReshaping(node)
  }
}

extension Unsqueeze: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerReshaping(node)
  }
}

extension Identity: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerReshaping(node)
  }
}

extension Dropout: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    node.outputs.count == 1 ? try context.lowerReshaping(node) : false
  }
}

extension Transpose: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
      context.constant(input) == nil
    else { return false }
    let type = try context.type(of: output)
    guard type.elementType == .float32, type.shape.rank >= 1,
      let permutation = try? permutation(rank: type.shape.rank)
    else { return false }
    let source = try context.rowMajor(input)
    let location = context.allocate(.rowMajor(.float32, type.shape))
    let strides = source.layout.shape.rowMajorStrides
    context.append(
      StridedCopyStep(
        nodes: [node.name], operation: "Transpose", input: source, output: location, first: 0,
        strides: permutation.map { strides[$0] }))
    context.place(output, at: location)
    return true
  }
}

extension LoweringContext {
  /// The same elements in the same memory under another shape.
  fileprivate mutating func lowerReshaping(_ node: Node) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil, constant(input) == nil else {
      return false
    }
    let type = try type(of: output)
    guard type.elementType == .float32 else { return false }
    let before = try self.type(of: input).shape
    if let source = quantizedSource(of: input), let next = soleQuantizer(of: output),
      next.parameters.hasSameMap(as: source.parameters), source.location.layout.order == .channelsLast,
      before.isOnePixel, type.shape.isOnePixel, before[1] == type.shape[1]
    {
      var location = source.location
      location.layout.shape = type.shape
      place(next.output, quantized: location, next.parameters)
      claim(next.node)
      return true
    }
    var location = try rowMajor(input)
    location.layout = .rowMajor(.float32, type.shape)
    place(output, at: location)
    return true
  }
}

extension Shape {
  /// Whether it is [N, C] or [N, C, 1, 1].
  fileprivate var isOnePixel: Bool { rank == 2 || (rank == 4 && self[2] * self[3] == 1) }
}
