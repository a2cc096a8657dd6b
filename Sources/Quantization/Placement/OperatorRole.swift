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
  /// Multiplies two tensors; the product has a scale and zero point of its own.
  case multiplies
  /// Computes in floating point.
  case computesInFloat

  /// The role of a node of a graph with inferred types.
  init(of node: Node, in graph: Graph) {
    self = .computesInFloat
    guard let input = node.inputs.first ?? nil, node.outputs.count == 1 || node.op is Split,
      let output = node.outputs.first ?? nil,
      let before = graph.type(of: input), let after = graph.type(of: output), before.elementType == .float32,
      after.elementType == .float32, graph.constant(input) == nil
    else { return }
    let areImages = before.shape.rank == 4 && after.shape.rank == 4
    // What is done to the input of the graph is done before it is rounded.
    let areFeatures = areImages && !node.inputs.contains { $0.map(graph.inputs.contains) ?? false }
    switch node.op {
    case is MaxPool, is DepthToSpace: if areImages { self = .keepsParameters }
    case let resize as Resize: if areImages, resize.mode != .cubic, !resize.antialiases { self = .keepsParameters }
    case is Reshape, is Flatten, is Squeeze, is Unsqueeze, is Transpose, is Identity, is Dropout:
      if [2, 4].contains(before.shape.rank), [2, 4].contains(after.shape.rank) { self = .keepsParameters }
    case let split as Split: if areImages, [1, -3].contains(split.axis) { self = .keepsParameters }
    case is Slice: if areImages, Self.takesChannels(node, in: graph) { self = .keepsParameters }
    case is AveragePool, is GlobalAveragePool: if areImages { self = .requantizes }
    case is Relu, is Sigmoid, is Tanh, is HardSwish, is HardSigmoid, is LeakyRelu, is Elu:
      if areFeatures { self = .requantizes }
    case is Mul:
      if areFeatures, node.inputs.count == 2, let other = node.inputs[1], graph.constant(other) == nil,
        let type = graph.type(of: other), type.elementType == .float32, Self.multiply(before.shape, type.shape)
      {
        self = .multiplies
      }
    case is BatchNormalization:
      if areFeatures, node.inputs.dropFirst().allSatisfy({ graph.constant($0) != nil }) { self = .requantizes }
    case is Clip:
      if areFeatures, node.inputs.dropFirst().allSatisfy({ $0 == nil || graph.constant($0) != nil }) {
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

  /// Whether a Slice takes neighbouring channels, and all of each.
  private static func takesChannels(_ node: Node, in graph: Graph) -> Bool {
    let operands = node.inputs.map { id in
      id.flatMap { id in graph.type(of: id).map { Operand(type: $0, constant: graph.constant(id)) } }
    }
    guard let shape = operands.first??.type.shape, let ranges = try? (node.op as? Slice)?.ranges(operands) else {
      return false
    }
    return ranges.indices.allSatisfy { axis in
      ranges[axis].step == 1 && (axis == 1 || ranges[axis].count == shape[axis])
    }
  }

  /// Whether two shapes are the same, or one has one number for each channel of each image of the other.
  private static func multiply(_ a: Shape, _ b: Shape) -> Bool {
    guard a.rank == 4, b.rank == 4, a[0] == b[0], a[1] == b[1] else { return false }
    return a == b || a[2] * a[3] == 1 || b[2] * b[3] == 1
  }
}
