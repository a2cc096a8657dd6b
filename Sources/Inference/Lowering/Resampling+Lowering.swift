internal import Graphs
internal import Tensors

extension Resize: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, case let shape = try context.type(of: input).shape, shape.rank == 4,
      mode != .cubic, let axes = try? resampling(try context.operands(of: node)),
      axes[..<2].allSatisfy({ $0.input == $0.output && $0.scale == 1 }),
      axes.allSatisfy({ $0.output <= 1 << 20 }), let rows = ResamplingTap.taps(self, axes[2]),
      let columns = ResamplingTap.taps(self, axes[3])
    else { return false }
    return try context.lowerMovement(node) { input, output in
      ResizeStep(
        nodes: [node.name], isLinear: mode == .linear, rows: rows, columns: columns, input: input, output: output)
    }
  }
}

extension DepthToSpace: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerMovement(node) { input, output in
      DepthToSpaceStep(nodes: [node.name], op: self, input: input, output: output)
    }
  }
}

extension LoweringContext {
  /// What is known of the operands of a node.
  func operands(of node: Node) throws(InferenceError) -> [Operand?] {
    var operands: [Operand?] = []
    for input in node.inputs {
      guard let input else {
        operands.append(nil)
        continue
      }
      operands.append(Operand(type: try type(of: input), constant: constant(input)))
    }
    return operands
  }

  /// A step that gives elements of its input or something between them: between two quantizations of the same map on
  /// quantized numbers, else on floats, always with channels last.
  fileprivate mutating func lowerMovement(
    _ node: Node, _ step: (_ input: Location, _ output: Location) -> any PlanStep
  ) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil, constant(input) == nil,
      case let type = try type(of: output), type.elementType == .float32, type.shape.rank == 4
    else { return false }
    if let source = quantizedSource(of: input), source.location.layout.order == .channelsLast,
      let next = soleQuantizer(of: output), next.parameters.hasSameMap(as: source.parameters)
    {
      let location = allocate(.channelsLast(.uint8, type.shape), for: next.output)
      append(step(source.location, location))
      place(next.output, quantized: location, next.parameters)
      claim(next.node)
      return true
    }
    let source = try channelsLast(input)
    let location = allocate(.channelsLast(.float32, type.shape), for: output)
    append(step(source, location))
    place(output, at: location)
    return true
  }
}
