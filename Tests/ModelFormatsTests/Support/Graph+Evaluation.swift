import Graphs
import Tensors

extension Graph {
  /// The outputs for the inputs, both in order, by the operators' reference evaluations.
  func evaluated(_ tensors: [Tensor]) throws -> [Tensor] { try ReferenceExecutor(self).run(tensors) }

  /// The only output's elements for one input of float32 elements.
  func floats(for elements: [Float]) throws -> [Float] {
    guard let input = inputs.first, let type = type(of: input) else { return [] }
    return try evaluated([try Tensor(shape: type.shape, elements)]).first?.floats ?? []
  }

  /// The operators' names in order.
  var operatorNames: [String] { nodes.map(\.operatorName) }
}
