internal import Graphs
internal import Tensors

extension QuantizeLinear: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
      let parameters = context.tensorQuantization(node), context.constant(input) == nil
    else { return false }
    let type = try context.type(of: input)
    guard type.elementType == .float32, type.shape.rank == 4 || type.shape.rank == 2 else { return false }
    let location = context.allocate(.channelsLast(.uint8, type.shape), for: output)
    var source = context.place(of: input, order: .rowMajor)
    if source == nil { source = try context.channelsLast(input) }
    guard let source else { return false }
    context.append(
      QuantizeStep(
        nodes: [node.name], vectors: context.vectors, input: source, parameters: parameters, output: location))
    context.place(output, quantized: location, parameters)
    return true
  }
}

extension DequantizeLinear: LowerableOperator {
  /// Appends nothing: whoever reads the output as quantized numbers takes them, and whoever wants floats asks for them.
  /// Only integers that are fed are put in the order of pixels.
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    let isConstant = node.inputs.allSatisfy { $0 == nil || context.graph.constant($0) != nil }
    if isConstant || context.quantizedSource(of: node.outputs.first ?? nil) != nil { return true }
    guard let input = node.inputs.first ?? nil, let parameters = context.tensorQuantization(node) else { return false }
    if let pixels = context.integerPixels(input) {
      context.place(input, quantized: pixels, parameters)
      return true
    }
    guard let source = context.integerInput(input) else { return false }
    let location = context.allocate(.channelsLast(.uint8, source.layout.shape))
    context.append(
      IntegerLayoutStep(nodes: [node.name], input: source, output: location, isSigned: parameters.isSigned))
    context.place(input, quantized: location, parameters)
    return true
  }
}
