internal import Graphs
internal import Tensors

extension Gemm: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard !transA, node.inputs.count >= 2 else { return false }
    var bias: [Float]?
    if node.inputs.count > 2, let value = node.inputs[2] {
      guard let tensor = context.constant(value), let output = node.outputs.first ?? nil else { return false }
      let columns = try context.type(of: output).shape.dimensions.last ?? 0
      let values = tensor.floats
      guard values.count == 1 || (values.count == columns && tensor.shape.dimensions.last == columns) else {
        return false
      }
      bias = (0..<columns).map { values[values.count == 1 ? 0 : $0] * beta }
    }
    return try context.lowerMatrixProduct(
      node, index, "Gemm", columnAxis: transB ? 0 : 1, alpha: alpha, bias: bias, activation: activation)
  }
}

extension MatMul: LowerableOperator {
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool {
    guard node.inputs.count == 2 else { return false }
    return try context.lowerMatrixProduct(
      node, index, "MatMul", columnAxis: 1, alpha: 1, bias: nil, activation: activation)
  }
}

extension LoweringContext {
  /// A product of a [rows, K] value with a constant matrix, as a convolution of one pixel a row.
  mutating func lowerMatrixProduct(
    _ node: Node, _ index: Int, _ name: String, columnAxis: Int, alpha: Float, bias: [Float]?, activation: Activation
  ) throws(InferenceError) -> Bool {
    guard let input = node.inputs[0], let output = node.outputs.first ?? nil else { return false }
    let type = try type(of: input)
    guard type.elementType == .float32, type.shape.rank == 2 else { return false }
    let matrix: Tensor
    var scales: [Float] = []
    if alpha == 1, let (tensor, found) = ConvolutionSource.quantizedWeights(node.inputs[1], axis: columnAxis, in: self)
    {
      (matrix, scales) = (tensor, found)
    } else if let tensor = constant(node.inputs[1]), tensor.elementType == .float32 {
      matrix = tensor
    } else {
      return false
    }
    guard matrix.shape.rank == 2 else { return false }
    let columns = matrix.shape[columnAxis]
    let depth = matrix.shape[1 - columnAxis]
    func arranged<Element>(_ elements: [Element]) -> [Element] {
      if columnAxis == 0 { return elements }
      var result = elements
      for row in 0..<depth {
        for column in 0..<columns { result[column * depth + row] = elements[row * columns + column] }
      }
      return result
    }
    let weights: ConvolutionSource.Weights
    switch matrix.elements {
    case .int8(let elements): weights = .quantized(arranged(elements), scales: scales)
    default:
      let floats = arranged(matrix.floats)
      weights = .floats(alpha == 1 ? floats : floats.map { $0 * alpha })
    }
    let source = ConvolutionSource(
      weights: weights, bias: bias ?? [Float](repeating: 0, count: columns), columns: columns, channels: depth, taps: 1,
      groups: 1)
    var quantized = false
    if case .quantized = weights { quantized = quantizedSource(of: input) != nil }
    let epilogue =
      try epilogue(of: node, activation: activation, quantized: quantized)
      ?? ConvolutionEpilogue(
        output: output, quantization: nil, activation: activation, residual: nil, nodes: [], names: [])
    claim(index)
    try appendConvolution(
      name, node: node, source: source,
      geometry: .matrix(rows: type.shape[0], inputStride: depth, outputStride: columns), input: input,
      outputShape: try self.type(of: output).shape, epilogue: epilogue)
    return true
  }
}
