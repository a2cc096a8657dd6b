public import Tensors

/// Runs a graph by the operators' reference evaluations: slow, and right by definition.
public struct ReferenceExecutor: Sendable {
  /// The graph, with types inferred.
  public let graph: Graph

  /// - Throws: `GraphError` if types cannot be inferred.
  public init(_ graph: Graph) throws(GraphError) {
    var graph = graph
    try graph.inferTypes()
    self.graph = graph
  }

  /// The outputs for some inputs, both in the graph's order.
  ///
  /// - Throws: `GraphError` if the inputs are not of the graph's types, or an evaluation fails.
  public func run(_ inputs: [Tensor]) throws(GraphError) -> [Tensor] {
    let values = try evaluate(inputs, keepingAll: false)
    var outputs: [Tensor] = []
    for output in graph.outputs { outputs.append(try tensor(output, values)) }
    return outputs
  }

  /// The inputs and everything that nodes compute from them.
  ///
  /// - Throws: `GraphError` as `run`.
  public func allValues(_ inputs: [Tensor]) throws(GraphError) -> [ValueID: Tensor] {
    try evaluate(inputs, keepingAll: true)
  }

  private func evaluate(_ inputs: [Tensor], keepingAll: Bool) throws(GraphError) -> [ValueID: Tensor] {
    guard inputs.count == graph.inputs.count else {
      throw GraphError(.invalidInput, "the graph takes \(graph.inputs.count) inputs, but there are \(inputs.count)")
    }
    var values: [ValueID: Tensor] = [:]
    for (id, tensor) in zip(graph.inputs, inputs) {
      let type = ValueType(tensor.elementType, tensor.shape)
      guard type == graph.type(of: id) else {
        throw GraphError(
          .invalidInput,
          "the input “\(graph[id].name)” must be \(graph.type(of: id)?.description ?? "typed"), not \(type)")
      }
      values[id] = tensor
    }
    let last = keepingAll ? [:] : lastReaders()
    for (index, node) in graph.nodes.enumerated() {
      do { try evaluate(node, &values) } catch { throw error.at(node: node.name, operatorName: node.operatorName) }
      for case let id? in node.inputs + node.outputs where last[id] == index { values[id] = nil }
    }
    return values
  }

  private func evaluate(_ node: Node, _ values: inout [ValueID: Tensor]) throws(GraphError) {
    var inputs: [Tensor?] = []
    for input in node.inputs {
      inputs.append(try input.map { id throws(GraphError) in try tensor(id, values) })
    }
    let outputs = try node.op.evaluate(inputs, outputCount: node.outputs.count)
    for (slot, id) in node.outputs.enumerated() {
      guard let id else { continue }
      guard slot < outputs.count, graph.type(of: id) == ValueType(outputs[slot].elementType, outputs[slot].shape) else {
        throw GraphError(.invalidGraph, "does not compute the inferred \(graph.type(of: id)?.description ?? "type")")
      }
      values[id] = outputs[slot]
    }
  }

  private func tensor(_ id: ValueID, _ values: [ValueID: Tensor]) throws(GraphError) -> Tensor {
    guard let tensor = values[id] ?? graph.constant(id) else {
      throw GraphError(.invalidGraph, "“\(graph[id].name)” is not computed before it is read")
    }
    return tensor
  }

  /// For each value but the graph's outputs, the node after which nothing reads it.
  private func lastReaders() -> [ValueID: Int] {
    var last: [ValueID: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for case let id? in node.inputs + node.outputs { last[id] = index }
    }
    for output in graph.outputs { last[output] = nil }
    return last
  }
}
