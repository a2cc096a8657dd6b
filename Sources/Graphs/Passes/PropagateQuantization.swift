import Tensors

/// Says of what is only selected or rearranged from a quantized tensor that it is quantized likewise.
///
/// Quantizers leave this out behind operators such as MaxPool, whose results are numbers that the integers stand for
/// already: with QuantizeLinear and DequantizeLinear behind, which change nothing, layers that read the result know it.
public struct PropagateQuantization: Pass {
  public static let name = "propagateQuantization"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    let consumers = graph.consumers()
    var dequantizers: [ValueID: Node] = [:]
    var nodes: [Node] = []
    for node in graph.nodes {
      var node = node
      if let input = node.inputs.first ?? nil, node.op is DequantizeLinear, graph.constant(input) == nil,
        isOfOneScale(node, in: graph), let output = node.outputs.first ?? nil
      {
        dequantizers[output] = node
      }
      guard rearranges(node.op), node.outputs.count == 1, let output = node.outputs[0],
        let source = (node.inputs.first ?? nil).flatMap({ dequantizers[$0] }), let integers = source.inputs[0],
        let type = graph.type(of: output), let readers = consumers[output],
        readers.contains(where: { !(graph.nodes[$0].op is QuantizeLinear) })
      else {
        nodes.append(node)
        continue
      }
      let real = graph.addValue("\(graph[output].name)/real", type: type)
      let elementType = graph.type(of: integers)?.elementType ?? .uint8
      let quantized = graph.addValue("\(graph[output].name)/quantized", type: ValueType(elementType, type.shape))
      node.outputs = [real]
      let parameters = Array(source.inputs.dropFirst())
      let dequantizer = Node(
        name: "\(node.name)/dequantize", op: DequantizeLinear(), inputs: [quantized] + parameters, outputs: [output])
      nodes += [
        node,
        Node(
          name: "\(node.name)/quantize", op: QuantizeLinear(elementType: elementType), inputs: [real] + parameters,
          outputs: [quantized]), dequantizer,
      ]
      dequantizers[output] = dequantizer
    }
    graph.nodes = nodes
  }

  /// Whether an operator's results are elements of its input.
  private func rearranges(_ op: any Operator) -> Bool {
    switch op {
    case let pool as MaxPool: pool.window.alwaysMeetsInput
    case is Flatten, is Reshape, is Squeeze, is Transpose, is Unsqueeze: true
    default: false
    }
  }

  private func isOfOneScale(_ node: Node, in graph: Graph) -> Bool {
    guard let integers = node.inputs[0], [.uint8, .int8].contains(graph.type(of: integers)?.elementType) else {
      return false
    }
    return node.inputs.dropFirst().allSatisfy { $0.map { graph.constant($0)?.elementCount == 1 } ?? true }
  }
}
