import Tensors

/// Makes a Relu, or a Clip with constant bounds, a part of the operator whose result it alone reads.
public struct FuseActivation: Pass {
  public static let name = "fuseActivation"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    let readers = graph.readCounts()
    var producers: [ValueID: Int] = [:]
    var kept: [Node] = []
    for node in graph.nodes {
      if let activation = activation(of: node, in: graph), let input = node.inputs.first ?? nil,
        let output = node.outputs.first, readers[input] == 1, let producer = producers[input],
        var op = kept[producer].op as? any ActivationFusing, op.activation == .identity,
        graph.type(of: input)?.elementType.isFloatingPoint == true
      {
        op.activation = activation
        kept[producer].op = op
        kept[producer].outputs[0] = output
        if let output { producers[output] = producer }
        continue
      }
      for case let output? in node.outputs { producers[output] = kept.count }
      kept.append(node)
    }
    graph.nodes = kept
  }

  private func activation(of node: Node, in graph: Graph) -> Activation? {
    switch node.op {
    case is Relu: .relu
    case let clip as Clip: clip.activation(node.operands(in: graph))
    default: nil
    }
  }
}

extension Graph {
  /// For each value, how often nodes and the graph's outputs read it.
  func readCounts() -> [ValueID: Int] {
    var counts: [ValueID: Int] = [:]
    for node in nodes {
      for case let input? in node.inputs { counts[input, default: 0] += 1 }
    }
    for output in outputs { counts[output, default: 0] += 1 }
    return counts
  }
}
