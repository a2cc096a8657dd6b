import Tensors

/// Removes nodes that give back their input: Identity, Dropout, and Reshape, Flatten, Squeeze, Unsqueeze, Transpose, Cast,
/// Expand, Pad and Slice where they change nothing.
///
/// An output of the graph keeps its name; where that is not possible, the node stays.
public struct EliminateIdentity: Pass {
  public static let name = "eliminateIdentity"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    let produced = Set(graph.producers().keys)
    var outputs = Set(graph.outputs)
    var replacements: [ValueID: ValueID] = [:]
    var kept: [Node] = []
    for node in graph.nodes {
      guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
        node.outputs.dropFirst().allSatisfy({ $0 == nil }),
        try givesBackInput(node, input: input, output: output, in: graph)
      else {
        kept.append(node)
        continue
      }
      let source = replacements[input] ?? input
      if outputs.contains(output) {
        guard produced.contains(source), !outputs.contains(source) else {
          kept.append(node)
          continue
        }
        (graph[source].name, graph[output].name) = (graph[output].name, graph[source].name)
        outputs.insert(source)
      }
      replacements[output] = source
    }
    graph.nodes = kept
    graph.replaceUses(replacements)
  }

  private func givesBackInput(
    _ node: Node, input: ValueID, output: ValueID, in graph: Graph
  ) throws(GraphError) -> Bool {
    switch node.op {
    case is Identity, is Dropout: return true
    case let transpose as Transpose:
      let rank = graph.type(of: input)?.shape.rank ?? 0
      return try transpose.permutation(rank: rank) == Array(0..<rank)
    case is Reshape, is Flatten, is Squeeze, is Unsqueeze, is Cast, is Expand:
      return graph.type(of: input) == graph.type(of: output)
    case let pad as Pad:
      let (before, after) = try pad.resolve(node.operands(in: graph))
      return (before + after).allSatisfy { $0 == 0 }
    case is Slice:
      let steps = node.inputs.count > 4 ? graph.constant(node.inputs[4])?.integers : [1]
      return graph.type(of: input) == graph.type(of: output) && steps?.allSatisfy { $0 == 1 } == true
    default: return false
    }
  }
}

extension Node {
  /// What is known of the inputs in a graph with types inferred.
  func operands(in graph: Graph) -> [Operand?] {
    inputs.map { input in
      input.flatMap { id in graph.type(of: id).map { Operand(type: $0, constant: graph.constant(id)) } }
    }
  }
}
