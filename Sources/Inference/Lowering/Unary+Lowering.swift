internal import Graphs
internal import Tensors

extension Sigmoid: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerUnary(node, .sigmoid)
  }
}

extension Tanh: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerUnary(node, .tanh)
  }
}

extension HardSwish: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerUnary(node, .hardSwish)
  }
}

extension HardSigmoid: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerUnary(node, .hardSigmoid(alpha: alpha, beta: beta))
  }
}

extension LeakyRelu: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerUnary(node, .leakyRelu(alpha: alpha))
  }
}

extension Elu: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerUnary(node, .elu(alpha: alpha))
  }
}

extension Exp: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    try context.lowerUnary(node, .exp)
  }
}

extension LoweringContext {
  /// A function of each element: between two quantizations a table, else a loop over floats.
  fileprivate mutating func lowerUnary(
    _ node: Node, _ kind: UnaryStepF32.Kind
  ) throws(InferenceError) -> Bool {
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil, constant(input) == nil,
      case let type = try type(of: output), type.elementType == .float32
    else { return false }
    if let source = quantizedSource(of: input), source.location.layout.order == .channelsLast {
      if try lowerSelfGate(node, input, output, source) { return true }
      if let next = soleQuantizer(of: output), let results = values(node.op, at: source.parameters.reals) {
        try appendLookup([node.name], node.op.name, source, results, next)
        return true
      }
    }
    let hasChannels = type.shape.rank == 4 || type.shape.rank == 2
    let source = try hasChannels ? channelsLast(input) : rowMajor(input)
    let location = allocate(
      hasChannels ? .channelsLast(.float32, type.shape) : .rowMajor(.float32, type.shape), for: output)
    append(
      UnaryStepF32(
        nodes: [node.name], operation: node.op.name, kind: kind, vectors: vectors, input: source, output: location))
    place(output, at: location)
    return true
  }

  /// A product of a quantized value with a function of the same value, as x * sigmoid(x): one table for both.
  private mutating func lowerSelfGate(
    _ node: Node, _ input: ValueID, _ output: ValueID, _ source: QuantizedValue
  ) throws(InferenceError) -> Bool {
    guard var results = values(node.op, at: source.parameters.reals) else { return false }
    var gate = output
    var claims: [Int] = []
    if let next = soleQuantizer(of: output), let reader = soleConsumer(of: next.output),
      case let dequantizer = graph.nodes[reader], dequantizer.op is DequantizeLinear,
      let parameters = tensorQuantization(dequantizer), let real = dequantizer.outputs.first ?? nil
    {
      results = results.map { (next.parameters.quantized($0) - Float(parameters.zeroPoint)) * parameters.scale }
      (gate, claims) = (real, [next.node, reader])
    }
    guard let index = soleConsumer(of: gate), case let product = graph.nodes[index], let multiply = product.op as? Mul,
      product.inputs.count == 2, product.inputs.contains(input), product.inputs.contains(gate),
      let result = product.outputs.first ?? nil, let next = soleQuantizer(of: result)
    else { return false }
    let products = zip(source.parameters.reals, results).map { multiply.activation($0 * $1) }
    try appendLookup([node.name, product.name], "\(node.op.name)+Mul", source, products, next)
    for node in claims + [index] { claim(node) }
    return true
  }

  private mutating func appendLookup(
    _ names: [String], _ operation: String, _ source: QuantizedValue, _ results: [Float],
    _ next: (node: Int, output: ValueID, parameters: TensorQuantization)
  ) throws(InferenceError) {
    let location = allocate(.channelsLast(.uint8, source.location.layout.shape), for: next.output)
    let table = results.map { $0.isNaN ? UInt8(next.parameters.zeroPoint) : UInt8(next.parameters.quantized($0)) }
    append(
      LookupStep(
        nodes: names, operation: operation, vectors: vectors, table: try AlignedBuffer(table), input: source.location,
        output: location))
    place(next.output, quantized: location, next.parameters)
    claim(next.node)
  }

  /// What an operator with one input makes of some numbers.
  private func values(_ op: any Operator, at numbers: [Float]) -> [Float]? {
    guard let result = try? op.evaluate([Tensor(vector: numbers)], outputCount: 1).first,
      result.elementCount == numbers.count
    else { return nil }
    return result.floats
  }
}

extension TensorQuantization {
  /// The numbers that the 256 quantized ones stand for.
  fileprivate var reals: [Float] { (0..<256).map { Float($0 - Int(zeroPoint)) * scale } }
}
