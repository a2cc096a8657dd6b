/// Removes nodes whose results nothing reads, and lets go of constants that nothing reads.
public struct EliminateDeadNodes: Pass {
  public static let name = "eliminateDeadNodes"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    var read = Set(graph.outputs)
    var live: [Node] = []
    for node in graph.nodes.reversed() {
      guard node.outputs.contains(where: { $0.map(read.contains) ?? false }) else { continue }
      read.formUnion(node.inputs.compactMap(\.self))
      live.append(node)
    }
    graph.nodes = live.reversed()
    read.formUnion(graph.inputs)
    for index in graph.values.indices where !read.contains(ValueID(index)) {
      graph[ValueID(index)].constant = nil
      graph[ValueID(index)].type = nil
    }
    // What a live node computes besides keeps its type.
    try graph.inferTypes()
  }
}
