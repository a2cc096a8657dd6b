import Tensors

/// Moves a Relu from behind a Concat before it, where every input can take it for nothing: into the operator that
/// computes it, or away because it is never negative.
public struct DistributeActivation: Pass {
  public static let name = "distributeActivation"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    let readers = graph.readCounts()
    let producers = graph.producers()
    var moved: [Int: ValueID] = [:]
    for node in graph.nodes where node.op is Relu {
      guard let input = node.inputs.first ?? nil, let output = node.outputs.first ?? nil, readers[input] == 1,
        let index = producers[input], graph.nodes[index].op is Concat,
        graph.nodes[index].inputs.allSatisfy({ takes($0, graph, readers, producers) })
      else { continue }
      moved[index] = output
    }
    guard !moved.isEmpty else { return }
    let originals = graph.nodes
    let absorbed = Set(moved.values)
    var nodes: [Node] = []
    for (index, node) in originals.enumerated() {
      if let output = node.outputs.first ?? nil, absorbed.contains(output) { continue }
      var node = node
      if let output = moved[index] {
        for (slot, input) in node.inputs.enumerated() {
          guard let input, !isNeverNegative(input, graph, producers) else { continue }
          let name = "\(graph[input].name)/activated"
          let activated = graph.addValue(name, type: graph.type(of: input))
          nodes.append(Node(name: name, op: Relu(), inputs: [input], outputs: [activated]))
          node.inputs[slot] = activated
        }
        node.outputs[0] = output
      }
      nodes.append(node)
    }
    graph.nodes = nodes
  }

  private func takes(
    _ input: ValueID?, _ graph: Graph, _ readers: [ValueID: Int], _ producers: [ValueID: Int]
  ) -> Bool {
    guard let input, graph.type(of: input)?.elementType.isFloatingPoint == true else { return false }
    if isNeverNegative(input, graph, producers) { return true }
    guard readers[input] == 1, let producer = producers[input],
      let op = graph.nodes[producer].op as? any ActivationFusing
    else { return false }
    return op.activation == .identity
  }

  /// Whether a value is what a Relu gives, or what operators that keep the sign make of such values.
  private func isNeverNegative(_ value: ValueID, _ graph: Graph, _ producers: [ValueID: Int]) -> Bool {
    var value = value
    while let producer = producers[value] {
      let node = graph.nodes[producer]
      switch node.op {
      case is Relu: return true
      case let op as any ActivationFusing where op.activation != .identity:
        return op.activation.bounds.lower.map { $0 >= 0 } ?? false
      case is AveragePool, is GlobalAveragePool, is GlobalMaxPool: break
      case let pool as MaxPool where pool.window.alwaysMeetsInput: break
      case is Identity, is Reshape, is Flatten, is Squeeze, is Unsqueeze, is Transpose: break
      default: return false
      }
      guard let input = node.inputs.first ?? nil else { return false }
      value = input
    }
    return false
  }
}

extension SpatialWindow {
  /// Whether the window lies in padding alone nowhere.
  var alwaysMeetsInput: Bool {
    let extents = zip(kernel + kernel, dilations + dilations)
    return !ceilMode && autoPadding == .explicit && zip(pads, extents).allSatisfy { $0 < $1.0 && $1.1 == 1 }
  }
}
