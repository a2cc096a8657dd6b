import Graphs
import Tensors

/// A graph in the form that files of other programs can express: no fused activations, nothing from old operator sets, and every output
/// computed by a node of its own.
struct ExportableGraph {
  private(set) var graph: Graph

  /// Rewrites a graph.
  ///
  /// - Throws: `ModelFormatError.cannotExport`.
  init(_ original: Graph) throws(ModelFormatError) {
    graph = original
    do {
      try ModernizeOperators().run(on: &graph)
    } catch {
      throw ModelFormatError(.cannotExport, error.description, context: error.node)
    }
    separateActivations()
    separateOutputs()
    nameParts()
  }

  private mutating func separateActivations() {
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
      let before = graph.addValue(graph[output].name + "/before_activation", type: graph.type(of: output))
      node.outputs[0] = before
      nodes.append(node)
      nodes.append(self.node(of: activation, named: node.name + "/activation", from: before, to: output))
    }
    graph.nodes = nodes
  }

  private mutating func node(
    of activation: Activation, named name: String, from input: ValueID, to output: ValueID
  ) -> Node {
    guard activation != .relu else { return Node(name: name, op: Relu(), inputs: [input], outputs: [output]) }
    let (lower, upper) = activation.bounds
    let type = graph.type(of: output)?.elementType ?? .float32
    let bounds = [("min", lower), ("max", upper)].map { suffix, bound in
      bound.map { graph.addConstant("\(name)/\(suffix)", Tensor(scalar: $0).converted(to: type)) }
    }
    return Node(name: name, op: Clip(), inputs: [input] + bounds, outputs: [output])
  }

  private mutating func separateOutputs() {
    let produced = Set(graph.producers().keys)
    var seen: Set<ValueID> = []
    for (index, output) in graph.outputs.enumerated() where !produced.contains(output) || !seen.insert(output).inserted
    {
      let copy = graph.addValue(graph[output].name + "/output", type: graph.type(of: output))
      graph.nodes.append(Node(name: graph[copy].name, op: Identity(), inputs: [output], outputs: [copy]))
      graph.outputs[index] = copy
    }
  }

  /// Names the parts of a Split that nobody reads; some readers do not take unnamed ones.
  private mutating func nameParts() {
    for index in graph.nodes.indices where graph.nodes[index].op is Split {
      for slot in graph.nodes[index].outputs.indices where graph.nodes[index].outputs[slot] == nil {
        graph.nodes[index].outputs[slot] = graph.addValue("\(graph.nodes[index].name)/part_\(slot)")
      }
    }
  }
}
