import Tensors

/// Lets a layer with weights read quantized numbers behind a node that only changes the shape of some.
///
/// Between such a node and the layer go a QuantizeLinear and a DequantizeLinear with the scale and zero point that the numbers
/// have in any case, so that nothing is rounded. Other programs leave these out; integer arithmetic looks for them.
public struct KeepQuantization: Pass {
  public static let name = "keepQuantization"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    let producers = graph.producers()
    let consumers = graph.consumers()
    var rewritten: [Node] = []
    for node in graph.nodes {
      rewritten.append(node)
      guard Self.keepsNumbers(node.op), node.outputs.count == 1, let output = node.outputs[0],
        let input = node.inputs.first ?? nil, let source = producers[input].map({ graph.nodes[$0] }),
        source.op is DequantizeLinear, source.inputs.count == 3, let integers = source.inputs[0],
        graph.constant(integers) == nil, graph.constant(source.inputs[1])?.elementCount == 1,
        let type = graph.type(of: output), type.elementType == .float32, [2, 4].contains(type.shape.rank),
        consumers[output, default: []].contains(where: {
          Self.isLayer(graph.nodes[$0], reading: output, graph, producers)
        })
      else { continue }
      // What reads the output reads the new value, which has the same numbers.
      let moved = graph.addValue("\(graph[output].name)/moved", type: type)
      rewritten[rewritten.count - 1].outputs = [moved]
      let quantized = graph.addValue(
        "\(graph[output].name)/quantized",
        type: graph.type(of: integers).map {
          ValueType($0.elementType, type.shape)
        })
      rewritten.append(
        Node(
          name: "\(node.name)/quantize", op: QuantizeLinear(), inputs: [moved] + source.inputs.dropFirst(),
          outputs: [quantized]))
      rewritten.append(
        Node(
          name: "\(node.name)/dequantize", op: DequantizeLinear(), inputs: [quantized] + source.inputs.dropFirst(),
          outputs: [output]))
    }
    graph.nodes = rewritten
  }

  private static func keepsNumbers(_ op: any Operator) -> Bool {
    op is Reshape || op is Flatten || op is Squeeze || op is Unsqueeze
  }

  /// Whether a node multiplies a value with integers that are known.
  private static func isLayer(
    _ node: Node, reading input: ValueID, _ graph: Graph, _ producers: [ValueID: Int]
  ) -> Bool {
    guard node.op is Conv || node.op is Gemm || node.op is MatMul, node.inputs.count > 1, node.inputs[0] == input,
      let weights = node.inputs[1], let producer = producers[weights]
    else { return false }
    return graph.nodes[producer].op is DequantizeLinear && graph.constant(graph.nodes[producer].inputs[0]) != nil
  }
}
