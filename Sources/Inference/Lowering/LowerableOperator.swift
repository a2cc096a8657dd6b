internal import Graphs

/// An operator that has steps of its own in an execution plan; those that have none are run by their reference
/// evaluation.
///
/// A conformance is a file `X+Lowering.swift` in this folder; nothing else has to know of it.
protocol LowerableOperator: Operator {
  /// Appends the steps that compute a node and notes where its outputs lie.
  ///
  /// - Returns: false if this node is of a kind that has no step here, and nothing was appended.
  /// - Throws: `InferenceError`.
  func lower(_ index: Int, _ node: Node, into context: inout LoweringContext) throws(InferenceError) -> Bool
}

extension LoweringContext {
  /// Appends the steps of a whole graph.
  mutating func lowerAll() throws(InferenceError) {
    for index in graph.nodes.indices where !isClaimed(index) {
      try lower(index)
    }
    for index in graph.nodes.indices where isDeferred(index) && !isClaimed(index) {
      throw InferenceError(.unsupportedGraph, "the node was put off and never computed", node: graph.nodes[index].name)
    }
  }

  /// Appends the steps of one node.
  mutating func lower(_ index: Int) throws(InferenceError) {
    let node = graph.nodes[index]
    do {
      if hasElements(node), let op = node.op as? any LowerableOperator, try op.lower(index, node, into: &self) {
        return
      }
      try lowerByReference(node)
    } catch {
      var located = error
      if located.node == nil { located.node = node.name }
      throw located
    }
  }

  /// Appends a step that calls the operator's reference evaluation.
  mutating func lowerByReference(_ node: Node) throws(InferenceError) {
    var inputs: [ReferenceStep.Input] = []
    for input in node.inputs {
      guard let input else {
        inputs.append(.absent)
        continue
      }
      if let tensor = constant(input) {
        inputs.append(.constant(tensor))
      } else if let quantized = quantizedValue(input) {
        inputs.append(.quantized(quantized))
      } else {
        inputs.append(.location(try rowMajor(input)))
      }
    }
    var outputs: [Location] = []
    for output in node.outputs {
      guard let output else {
        throw InferenceError(.unsupportedGraph, "an output in the middle is left out")
      }
      let type = try type(of: output)
      let location = allocate(.rowMajor(type.elementType, type.shape))
      outputs.append(location)
      place(output, at: location)
    }
    append(ReferenceStep(node: node.name, op: node.op, inputs: inputs, outputs: outputs))
  }
}
