import Graphs
import Tensors

/// Brings the channels of linear values to one magnitude, by factors that go into the weights before and behind them.
///
/// A value that layers compute without an activation, and that only dense layers and sums read, has one scale for all of
/// its channels once it is quantized: the channels of small numbers get few levels. With each channel divided by a factor
/// s, in the weights and biases of what computes it, and the weights that read it multiplied by s, the network computes
/// the same, and no channel is small (cross-layer equalization with ranges of activations rather than of weights). Values
/// that are added to each other share their factors.
///
/// Behind a ReLU the same holds of values that only layers read. Their factors leave twice the room that was seen, and how
/// far they go is chosen by the error that is to be expected of the layers that read the value: smaller steps of its
/// channels against larger ones of their weights. Behind a clip from 0 on, as ReLU6, it holds of values that only depthwise
/// layers read, whose weights lose nothing; the upper bound then cuts a scaled channel off, at half of what it was at the
/// least and at twice what was seen of the channel.
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
  /// Values behind an activation, each with the layer that computes it and the layers that read it.
  private(set) var activated: [Group] = []
  /// The smallest factor, where the largest is 1.
  private static let smallestFactor = 0.01
  /// The smallest factor behind an activation without an upper bound and with one, and how far beyond the largest number
  /// seen its range reaches.
  private static let smallestActivatedFactor = 0.25
  private static let smallestClippedFactor = 0.5
  private static let headroom = 2.0
  /// The powers of the full factors that are tried.
  private static let powers = [0, 0.5, 1]

  /// Finds the values that can be scaled.
  init(_ graph: Graph, _ placement: QuantizerPlacement) {
    let layers = Dictionary(uniqueKeysWithValues: placement.layers.map { ($0.node, $0) })
    let (producers, consumers) = (graph.producers(), graph.consumers())
    func isSum(_ node: Int) -> Bool {
      (graph.nodes[node].op as? Add)?.activation == .identity
        && (placement.operations.contains(node) || placement.floatSums.contains(node))
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
    for layer in placement.layers where hasOwnConstants(layer) && !graph.outputs.contains(layer.output) {
      let readers = (consumers[layer.output] ?? []).map { layers[$0] }
      let known = readers.compactMap(\.self)
      guard !readers.isEmpty, known.count == readers.count,
        let activation = (graph.nodes[layer.node].op as? any ActivationFusing)?.activation,
        activation.bounds.lower == 0,
        known.allSatisfy({
          let isDense = $0.groups == 1 && activation.bounds.upper == nil
          let isFit = isDense ? Self.inputCount($0, graph) == layer.channelCount : Self.isDepthwise($0, graph)
          return $0.data == layer.output && isFit && hasOwnConstants($0)
        })
      else { continue }
      activated.append(Group(values: [layer.output], producers: [layer], consumers: known))
    }
  }

  private static func isDepthwise(_ layer: WeightedLayer, _ graph: Graph) -> Bool {
    layer.groups == layer.channelCount && graph.constant(layer.weights)?.shape[1] == 1
  }

  /// The values whose magnitudes decide.
  var values: [ValueID] { (groups + activated).flatMap(\.values).sorted() }

  /// Scales a graph.
  ///
  /// - Parameters:
  ///   - magnitudes: the root of the mean square of each channel of a value.
  ///   - maxima: the largest number of each channel.
  /// - Throws: `TensorError`.
  func apply(
    to graph: inout Graph, magnitudes: (ValueID) -> [Double], maxima: (ValueID) -> [Double]
  ) throws(TensorError) {
    for group in activated {
      guard let layer = group.producers.first, let value = group.values.first, case let largest = maxima(value),
        largest.count == layer.channelCount, let top = largest.max(), top > 0, top.isFinite
      else { continue }
      let isClipped = (graph.nodes[layer.node].op as? any ActivationFusing)?.activation.bounds.upper != nil
      let least = isClipped ? Self.smallestClippedFactor : Self.smallestActivatedFactor
      let full = largest.map { min(max(Self.headroom * $0 / top, least), 1) }
      let squares = magnitudes(value).map { $0 * $0 }
      let candidates = Self.powers.map { power in full.map { power == 0 ? 1 : power == 1 ? $0 : $0.squareRoot() } }
      var best: (factors: [Double], error: Double)?
      for factors in candidates {
        let error = group.consumers.reduce(0) {
          $0 + Self.expectedError(of: $1, graph, factors: factors, squares: squares, range: top)
        }
        if error < best?.error ?? .infinity { best = (factors, error) }
      }
      guard let factors = best?.factors, factors.contains(where: { $0 < 1 }) else { continue }
      try Self.scale(layer, of: &graph, dividingBy: factors)
      for reader in group.consumers {
        try Self.scale(reader.weights, of: &graph, axis: Self.inputAxis(reader, graph), by: factors)
      }
    }
    for group in groups {
      let all = group.values.map(magnitudes)
      guard let count = all.first?.count, count > 1, all.allSatisfy({ $0.count == count }),
        group.producers.allSatisfy({ $0.channelCount == count }),
        group.consumers.allSatisfy({ Self.inputCount($0, graph) == count })
      else { continue }
      let largest = (0..<count).map { channel in all.reduce(0) { max($0, $1[channel]) } }
      guard let top = largest.max(), top > 0, top.isFinite else { continue }
      let factors = largest.map { max($0 / top, Self.smallestFactor) }
      for layer in group.producers { try Self.scale(layer, of: &graph, dividingBy: factors) }
      for layer in group.consumers {
        try Self.scale(layer.weights, of: &graph, axis: Self.inputAxis(layer, graph), by: factors)
      }
    }
  }

  /// Divides what a layer gives by factors.
  private static func scale(
    _ layer: WeightedLayer, of graph: inout Graph, dividingBy factors: [Double]
  ) throws(TensorError) {
    try scale(layer.weights, of: &graph, axis: layer.channelAxis, by: factors.map { 1 / $0 })
    let inputs = graph.nodes[layer.node].inputs
    guard inputs.count > 2, let bias = inputs[2], let values = graph.constant(bias)?.floats else { return }
    graph[bias].constant = Tensor(
      vector: factors.indices.map { Float(Double(values[values.count == factors.count ? $0 : 0]) / factors[$0]) })
    graph[bias].type = ValueType(.float32, try Shape([factors.count]))
  }

  /// The variance of a layer's output, summed over its channels, that rounding its input and its weights is expected to
  /// give: steps of the input are a 255th of its range times the factor, those of the weights a 127th of a row's largest.
  private static func expectedError(
    of layer: WeightedLayer, _ graph: Graph, factors: [Double], squares: [Double], range: Double
  ) -> Double {
    guard let tensor = graph.constant(layer.weights), squares.count == factors.count else { return 0 }
    let (values, shape) = (tensor.floats, tensor.shape)
    let inputAxis = inputAxis(layer, graph)
    let (inputStride, outputStride) = (shape.rowMajorStrides[inputAxis], shape.rowMajorStrides[layer.channelAxis])
    let isDense = layer.groups == 1
    var largest = [Double](repeating: 0, count: layer.channelCount)
    var inputError = 0.0
    for (index, value) in values.enumerated() {
      let channel = index / max(inputStride, 1) % factors.count
      let weight = Double(value) * factors[channel]
      inputError += weight * weight
      guard isDense else { continue }
      let output = index / max(outputStride, 1) % layer.channelCount
      largest[output] = max(largest[output], abs(weight))
    }
    let step = range / 255
    var error = inputError * step * step / 12
    guard isDense else { return error }
    let taps = Double(shape.dimensions.dropFirst(2).reduce(1, *))
    let power = zip(squares, factors).reduce(0) { $0 + $1.0 / ($1.1 * $1.1) } * taps
    error += largest.reduce(0) { $0 + ($1 / 127) * ($1 / 127) } * power / 12
    return error
  }

  private static func inputAxis(_ layer: WeightedLayer, _ graph: Graph) -> Int {
    guard graph.nodes[layer.node].op is Conv else { return 1 - layer.channelAxis }
    return layer.groups == 1 ? 1 : 0
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
