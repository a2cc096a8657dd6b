import Graphs
import Tensors

/// What a node without weights can do with activations that are quantized.
enum OperatorRole {
  /// Selects or rearranges elements: the result has the input's scale and zero point.
  case keepsParameters
  /// Joins its inputs, which must have one scale and zero point, the result's.
  case joins
  /// Computes new numbers, and gives them a scale and zero point of their own.
  case requantizes
  /// Adds two tensors; the sum has a scale and zero point of its own.
  case adds
  /// Computes in floating point.
  case computesInFloat

  /// The role of a node of a graph with inferred types.
  init(of node: Node, in graph: Graph) {
    self = .computesInFloat
    guard let input = node.inputs.first ?? nil, node.outputs.count == 1, let output = node.outputs[0],
      let before = graph.type(of: input), let after = graph.type(of: output), before.elementType == .float32,
      after.elementType == .float32, graph.constant(input) == nil
    else { return }
    let areImages = before.shape.rank == 4 && after.shape.rank == 4
    switch node.op {
    case is MaxPool: if areImages { self = .keepsParameters }
    case is Reshape, is Flatten, is Squeeze, is Unsqueeze, is Transpose, is Identity, is Dropout:
      if [2, 4].contains(before.shape.rank), [2, 4].contains(after.shape.rank) { self = .keepsParameters }
    case is AveragePool, is GlobalAveragePool, is Relu: if areImages { self = .requantizes }
    case is BatchNormalization:
      if areImages, node.inputs.dropFirst().allSatisfy({ graph.constant($0) != nil }) { self = .requantizes }
    case is Clip:
      if areImages, node.inputs.dropFirst().allSatisfy({ $0 == nil || graph.constant($0) != nil }) {
        self = .requantizes
      }
    case let mean as ReduceMean:
      let operands = node.inputs.map { id in
        id.flatMap { id in graph.type(of: id).map { Operand(type: $0, constant: graph.constant(id)) } }
      }
      if before.shape.rank == 4, (try? mean.reducedAxes(operands)) == [2, 3] { self = .requantizes }
    case let concat as Concat:
      let hasAllInputs = node.inputs.allSatisfy { $0 != nil && graph.constant($0) == nil }
      if areImages, [1, -3].contains(concat.axis), hasAllInputs { self = .joins }
    case is Add:
      if node.inputs.count == 2, let other = node.inputs[1], graph.constant(other) == nil,
        graph.type(of: other) == before, [2, 4].contains(before.shape.rank)
      {
        self = .adds
      }
    default: break
    }
  }
}
