import Tensors

/// Gives operators the one form that the other passes and the engine know.
///
/// What is an input in today's opset is moved from an attribute to a constant, a Softmax over several axes becomes one over
/// the last axis of a matrix, and a Sum of two becomes an Add, of one an Identity.
public struct ModernizeOperators: Pass {
  public static let name = "modernizeOperators"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    let nodes = graph.nodes
    graph.nodes = []
    for node in nodes {
      switch node.op {
      case let op as any AttributeInputs: graph.nodes.append(moveAttributes(op, of: node, in: &graph))
      case let op as Softmax where op.flattens:
        try matricize(node, axis: op.axis, in: &graph) { Softmax(axis: $0) }
      case let op as LogSoftmax where op.flattens:
        try matricize(node, axis: op.axis, in: &graph) { LogSoftmax(axis: $0) }
      case is Sum where node.inputs.count <= 2:
        var node = node
        node.op = node.inputs.count == 2 ? Add() : Identity()
        graph.nodes.append(node)
      default: graph.nodes.append(node)
      }
    }
  }

  private func moveAttributes(_ op: any AttributeInputs, of node: Node, in graph: inout Graph) -> Node {
    let type = node.inputs.first.flatMap { $0 }.flatMap(graph.type(of:))?.elementType ?? .float32
    var node = node
    for (slot, name, value) in op.attributeInputs(elementType: type) {
      while node.inputs.count <= slot { node.inputs.append(nil) }
      if node.inputs[slot] == nil { node.inputs[slot] = graph.addConstant("\(node.name)/\(name)", value) }
    }
    node.op = op.withoutAttributeInputs
    if var split = node.op as? Split, split.partCount == nil, node.inputs.count < 2 || node.inputs[1] == nil {
      split.partCount = node.outputs.count
      node.op = split
    }
    return node
  }

  /// Rewrites a softmax over all axes from one on.
  private func matricize(
    _ node: Node, axis: Int, in graph: inout Graph, _ make: (Int) -> any Operator
  ) throws(GraphError) {
    var node = node
    guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil,
      let type = graph.type(of: input)
    else { return graph.nodes.append(node) }
    let first = axis == type.shape.rank ? axis : try type.shape.axis(axis)
    let extents = type.shape.dimensions[first...]
    if extents.count(where: { $0 != 1 }) <= 1, !extents.isEmpty {
      node.op = make(extents.firstIndex { $0 != 1 } ?? first)
      return graph.nodes.append(node)
    }
    let shape = graph.addConstant("\(node.name)/shape", Tensor(vector: type.shape.dimensions.map { Int64($0) }))
    let matrix = graph.append(Flatten(axis: first), name: "\(node.name)/matrix", inputs: [input])
    let result = graph.append(make(1), name: "\(node.name)/rows", inputs: matrix)
    graph.nodes.append(
      Node(name: node.name, op: Reshape(allowsZero: true), inputs: result + [shape], outputs: [output]))
  }
}
