internal import Graphs
internal import Tensors

extension LRN: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
      case let type = try context.type(of: output), type.elementType == .float32, type.shape.rank == 4
    else { return false }
    let source = try context.channelsLast(input)
    let location = context.allocate(.channelsLast(.float32, type.shape), for: output)
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
