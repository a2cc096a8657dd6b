import Graphs
import Tensors

/// Brings the channels of linear values to one magnitude, by factors that go into the weights before and behind them.
///
/// A value that layers compute without an activation, and that only dense layers and sums read, has one scale for all of
/// its channels once it is quantized: the channels of small numbers get few levels. With each channel divided by a factor
/// s, in the weights and biases of what computes it, and the weights that read it multiplied by s, the network computes
/// the same, and no channel is small (cross-layer equalization with ranges of activations rather than of weights). Values
/// that are added to each other share their factors.
struct ChannelScaling {
  /// Values that share their factors.
  struct Group: Sendable {
    var values: [ValueID]
    /// Layers that compute one of the values.
    var producers: [WeightedLayer]
    /// Layers that read one of the values.
    var consumers: [WeightedLayer]
  }

  private(set) var groups: [Group] = []
  /// The smallest factor, where the largest is 1.
  private static let smallestFactor = 0.01

  /// Finds the values that can be scaled.
  init(_ graph: Graph, _ placement: QuantizerPlacement) {
    let layers = Dictionary(uniqueKeysWithValues: placement.layers.map { ($0.node, $0) })
    let (producers, consumers) = (graph.producers(), graph.consumers())
    func isSum(_ node: Int) -> Bool {
      (graph.nodes[node].op as? Add)?.activation == .identity && placement.operations.contains(node)
    }
    func isLinear(_ node: Int) -> Bool {
      isSum(node)
        || (layers[node] != nil && (graph.nodes[node].op as? any ActivationFusing)?.activation == .identity)
    }
    func hasOwnConstants(_ layer: WeightedLayer) -> Bool {
      graph.nodes[layer.node].inputs.dropFirst().allSatisfy { $0.map { consumers[$0]?.count == 1 } ?? true }
    }
    var union = ValueUnion()
    var isRejected: Set<ValueID> = []
    let candidates = graph.nodes.indices.filter { isSum($0) || layers[$0] != nil }.compactMap { node in
      (graph.nodes[node].outputs.first ?? nil).map { (node: node, value: $0) }
    }
    for (node, value) in candidates {
      let readers = consumers[value] ?? []
      let isFit =
        isLinear(node) && !graph.outputs.contains(value) && !readers.isEmpty
        && readers.allSatisfy { reader in
          isSum(reader)
            || layers[reader].map { $0.data == value && $0.groups == 1 && hasOwnConstants($0) } ?? false
        } && (layers[node].map(hasOwnConstants) ?? true)
      if !isFit { isRejected.insert(value) }
      guard isSum(node) else { continue }
      for case let input? in graph.nodes[node].inputs {
        union.join(value, input)
        if producers[input].map({ isLinear($0) }) != true { isRejected.insert(input) }
      }
    }
    let rejected = Set(isRejected.map { union.representative(of: $0) })
    var found: [ValueID: Group] = [:]
    for (node, value) in candidates {
      let root = union.representative(of: value)
      guard !rejected.contains(root) else { continue }
      var group = found[root] ?? Group(values: [], producers: [], consumers: [])
      group.values.append(value)
      if let layer = layers[node] { group.producers.append(layer) }
      group.consumers += (consumers[value] ?? []).compactMap { layers[$0] }
      found[root] = group
    }
    groups = found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The values whose magnitudes decide.
  var values: [ValueID] { groups.flatMap(\.values).sorted() }

  /// Scales a graph.
  ///
  /// - Parameter magnitudes: the root of the mean square of each channel of a value.
  /// - Throws: `TensorError`.
  func apply(to graph: inout Graph, magnitudes: (ValueID) -> [Double]) throws(TensorError) {
    for group in groups {
      let all = group.values.map(magnitudes)
      guard let count = all.first?.count, count > 1, all.allSatisfy({ $0.count == count }),
        group.producers.allSatisfy({ $0.channelCount == count }),
        group.consumers.allSatisfy({ Self.inputCount($0, graph) == count })
      else { continue }
      let largest = (0..<count).map { channel in all.reduce(0) { max($0, $1[channel]) } }
      guard let top = largest.max(), top > 0, top.isFinite else { continue }
      let factors = largest.map { max($0 / top, Self.smallestFactor) }
      for layer in group.producers {
        try Self.scale(layer.weights, of: &graph, axis: layer.channelAxis, by: factors.map { 1 / $0 })
        let inputs = graph.nodes[layer.node].inputs
        guard inputs.count > 2, let bias = inputs[2], let values = graph.constant(bias)?.floats else { continue }
        graph[bias].constant = Tensor(
          vector: factors.indices.map { Float(Double(values[values.count == count ? $0 : 0]) / factors[$0]) })
        graph[bias].type = ValueType(.float32, try Shape([count]))
      }
      for layer in group.consumers {
        let axis = graph.nodes[layer.node].op is Conv ? 1 : 1 - layer.channelAxis
        try Self.scale(layer.weights, of: &graph, axis: axis, by: factors)
      }
    }
  }

  /// How many channels a dense layer reads.
  private static func inputCount(_ layer: WeightedLayer, _ graph: Graph) -> Int? {
    guard let shape = graph.constant(layer.weights)?.shape else { return nil }
    return graph.nodes[layer.node].op is Conv ? shape[1] : shape[1 - layer.channelAxis]
  }

  private static func scale(
    _ value: ValueID, of graph: inout Graph, axis: Int, by factors: [Double]
  ) throws(TensorError) {
    guard let tensor = graph.constant(value), tensor.shape.rank > axis, tensor.shape[axis] == factors.count else {
      return
    }
    let stride = max(tensor.shape.rowMajorStrides[axis], 1)
    let values = tensor.floats
    graph[value].constant = try Tensor(
      shape: tensor.shape,
      values.indices.map { Float(Double(values[$0]) * factors[$0 / stride % factors.count]) })
  }
}
