import Graphs
import Tensors

extension Graph {
  /// The outputs for the inputs in order, node by node with the operators' reference evaluation.
  func evaluated(_ tensors: [Tensor]) throws -> [Tensor] {
    var known: [ValueID: Tensor] = Dictionary(uniqueKeysWithValues: zip(inputs, tensors))
    for node in nodes {
      let operands = node.inputs.map { id in id.flatMap { constant($0) ?? known[$0] } }
      let results = try node.op.evaluate(operands, outputCount: node.outputs.count)
      for (id, result) in zip(node.outputs, results) { if let id { known[id] = result } }
    }
    return outputs.compactMap { constant($0) ?? known[$0] }
  }

  /// The only output's elements for one input of float32 elements.
  func floats(for elements: [Float]) throws -> [Float] {
    guard let input = inputs.first, let type = type(of: input) else { return [] }
    return try evaluated([try Tensor(shape: type.shape, elements)]).first?.floats ?? []
  }

  /// The operators' names in order.
  var operatorNames: [String] { nodes.map(\.operatorName) }
}
