import Graphs
import Tensors

/// A graph in the form that ONNX can express: no fused activations, and every output computed by a node of its own.
struct ONNXExportableGraph {
  private(set) var graph: Graph

  /// Rewrites a graph.
  ///
  /// - Throws: `ModelFormatError.cannotExport`.
  init(_ original: Graph) throws(ModelFormatError) {
    graph = original
    do {
      try separateActivations()
      try separateOutputs()
    } catch {
      throw ModelFormatError(.cannotExport, error.description, context: error.node)
    }
  }

  private mutating func separateActivations() throws(GraphError) {
    var nodes: [Node] = []
    for var node in graph.nodes {
      guard var op = node.op as? any ActivationFusing, op.activation != .identity,
        let output = node.outputs.first ?? nil
      else {
        nodes.append(node)
        continue
      }
      let activation = op.activation
      op.activation = .identity
      node.op = op
      let type = graph.type(of: output)
      let before = graph.addValue(graph[output].name + "/before_activation", type: type)
      node.outputs[0] = before
      nodes.append(node)
      nodes.append(
        try self.node(of: activation, named: node.name + "/activation", from: before, to: output, type: type))
    }
    graph.nodes = nodes
  }

  private mutating func node(
    of activation: Activation, named name: String, from input: ValueID, to output: ValueID, type: ValueType?
  ) throws(GraphError) -> Node {
    guard case .clip(let lower, let upper) = activation else {
      let op = try OperatorCatalog.make("Relu", node: name, opset: ONNXExportOpset.lowest, attributes: [:])
      return Node(name: name, op: op, inputs: [input], outputs: [output])
    }
    let op = try OperatorCatalog.make("Clip", node: name, opset: ONNXExportOpset.lowest, attributes: [:])
    let elementType = type?.elementType ?? .float32
    let bounds = [("min", lower), ("max", upper)].map { suffix, bound in
      graph.addConstant("\(name)/\(suffix)", Tensor(scalar: bound).converted(to: elementType))
    }
    return Node(name: name, op: op, inputs: [input] + bounds, outputs: [output])
  }

  private mutating func separateOutputs() throws(GraphError) {
    let produced = Set(graph.producers().keys)
    var seen: Set<ValueID> = []
    for (index, output) in graph.outputs.enumerated() where !seen.insert(output).inserted || !produced.contains(output)
    {
      let name = graph[output].name + "/output"
      let op = try OperatorCatalog.make("Identity", node: name, opset: ONNXExportOpset.lowest, attributes: [:])
      let copy = graph.addValue(name, type: graph.type(of: output))
      graph.nodes.append(Node(name: name, op: op, inputs: [output], outputs: [copy]))
      graph.outputs[index] = copy
    }
  }
}
