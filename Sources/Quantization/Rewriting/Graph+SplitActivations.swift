import Graphs
import Tensors

extension Graph {
  /// The same graph with the activations of some nodes as nodes of their own, so that what comes before them can be seen.
  ///
  /// - Returns: the graph, and for each of the nodes the value before its activation, which is its output if it has none.
  func splittingActivations(of nodes: [Int]) throws(GraphError) -> (graph: Graph, before: [Int: ValueID]) {
    var graph = self
    graph.nodes = []
    let split = Set(nodes)
    var before: [Int: ValueID] = [:]
    for (index, node) in self.nodes.enumerated() {
      guard split.contains(index), let output = node.outputs.first ?? nil else {
        graph.nodes.append(node)
        continue
      }
      guard var op = node.op as? any ActivationFusing, op.activation != .identity else {
        graph.nodes.append(node)
        before[index] = output
        continue
      }
      let activation = op.activation
      op.activation = .identity
      var bare = node
      bare.op = op
      let value = graph.addValue("\(node.name)/preactivation", type: type(of: output))
      bare.outputs[0] = value
      graph.nodes.append(bare)
      before[index] = value
      let name = "\(node.name)/activation"
      switch activation {
      case .identity, .relu:
        graph.nodes.append(Node(name: name, op: Relu(), inputs: [value], outputs: [output]))
      case .clip(let lower, let upper):
        let bounds = [("lower", lower), ("upper", upper)].map { label, bound in
          graph.addConstant("\(name)/\(label)", Tensor(scalar: bound))
        }
        graph.nodes.append(Node(name: name, op: Clip(), inputs: [value] + bounds, outputs: [output]))
      }
    }
    try graph.inferTypes()
    return (graph, before)
  }
}
