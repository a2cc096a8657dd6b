import Graphs
import Tensors

/// A graph with QuantizeLinear and DequantizeLinear nodes, and what its layers were made of.
struct QuantizedGraph: Sendable {
  /// A layer that computes on integers.
  struct Layer: Sendable {
    /// The node's index in the quantized graph.
    var node: Int
    /// The value of the weights that the node reads, behind their DequantizeLinear.
    var weights: ValueID
    /// The constant that holds the integers of the weights.
    var integers: ValueID
    /// The axis of the weights along which output channels are counted.
    var channelAxis: Int
    /// The bias that can be corrected, one number an output channel; nil if biases are left alone.
    var bias: ValueID?
    var groups: Int
  }

  /// What was chosen for a layer.
  struct Choice: Sendable {
    var weights: QuantizedWeights
    /// One number an output channel; empty if biases are left alone.
    var bias: [Float]
  }

  private(set) var graph: Graph
  /// In the order of the placement's layers.
  private(set) var layers: [Layer] = []
  /// The weights of the layers before and after rounding.
  private(set) var weights: [(exact: Tensor, rounded: QuantizedWeights)] = []
  private var dequantized: [ValueID: ValueID] = [:]

  /// Inserts quantizers.
  ///
  /// - Parameters:
  ///   - activations: the parameters of every value that the placement quantizes.
  ///   - givesBiases: whether every layer gets a bias of its own that `correctBias` may change.
  ///   - choices: weights and biases that are known already, by the node's index in the original graph.
  ///   - threads: how many threads work, 1 or more.
  ///   - isCancelled: whether to give up.
  /// - Throws: `GraphError`, `TensorError` for weights that cannot be quantized, `CancellationError`.
  init(
    _ original: Graph, _ placement: QuantizerPlacement, activations: [ValueID: QuantizationParameters],
    hasPerChannelWeights: Bool, scales: QuantizedWeights.ScaleChoice = .largest, givesBiases: Bool,
    choices: [Int: Choice] = [:], threads: Int = 1, isCancelled: @escaping () -> Bool = { false }
  ) throws {
    graph = original
    graph.nodes = []
    let rounded = try Self.roundedWeights(
      of: placement.layers.filter { choices[$0.node] == nil }, original, isPerChannel: hasPerChannelWeights,
      scales: scales, threads: threads, isCancelled: isCancelled
    ).merging(choices.mapValues(\.weights)) { $1 }
    let layerAt = Dictionary(uniqueKeysWithValues: placement.layers.map { ($0.node, $0) })
    for input in original.inputs { appendQuantizers(of: input, activations) }
    for (index, node) in original.nodes.enumerated() {
      var rewritten = node
      if let layer = layerAt[index] {
        guard let known = rounded[index], let exact = Self.exactWeights(of: layer, original) else {
          throw QuantizationError(.invalidGraph, "the weights are not constant", node: node.name)
        }
        let (weights, integers) = try quantizeWeights(
          of: &rewritten, layer, exact, known, isPerChannel: hasPerChannelWeights)
        rewritten.inputs[0] = dequantized[layer.data] ?? layer.data
        let bias = givesBiases ? addBias(to: &rewritten, layer) : nil
        if let bias, let known = choices[index]?.bias, known.count == layer.channelCount {
          graph[bias].constant = Tensor(vector: known)
        }
        layers.append(
          Layer(
            node: graph.nodes.count, weights: weights, integers: integers, channelAxis: layer.channelAxis, bias: bias,
            groups: layer.groups))
      } else {
        let readsQuantized = placement.readsQuantized(index)
        rewritten.inputs = node.inputs.map { input in
          if placement.floatSums.contains(index) { return input }
          guard let input, readsQuantized || placement.integerValues.contains(input) else { return input }
          return dequantized[input] ?? input
        }
      }
      graph.nodes.append(rewritten)
      for case let output? in node.outputs { appendQuantizers(of: output, activations) }
    }
    forgetUnreadConstants()
    try graph.inferTypes()
  }

  /// The present bias of a layer; empty if it has none that can be changed.
  func bias(of layer: Int) -> [Float] { layers[layer].bias.flatMap { graph.constant($0)?.floats } ?? [] }

  /// The integers and the bias of a layer, to be kept.
  func kept(at layer: Int) -> KeptLayer {
    KeptLayer(integers: weights[layer].rounded.integers, bias: bias(of: layer))
  }

  /// Gives a layer the integers and the bias that were kept.
  ///
  /// - Throws: `QuantizationError.invalidGraph` where they are those of another layer.
  mutating func restore(_ kept: KeptLayer, at index: Int) throws {
    let (layer, rounded) = (layers[index], weights[index].rounded)
    let (integers, bias) = (kept.integers, kept.bias)
    guard integers.count == rounded.integers.count, bias.count == self.bias(of: index).count else {
      throw QuantizationError(.invalidGraph, "what was kept of a layer is of another one", remedy: "clear the cache")
    }
    weights[index].rounded = rounded.replacing(integers)
    graph[layer.integers].constant = try Tensor(shape: rounded.shape, integers)
    if let id = layer.bias { graph[id].constant = Tensor(vector: bias) }
  }

  /// Adds a number to the bias of each output channel of a layer.
  mutating func correctBias(of layer: Int, by shifts: [Double]) {
    guard let id = layers[layer].bias, let bias = graph.constant(id)?.floats, bias.count == shifts.count else { return }
    graph[id].constant = Tensor(vector: zip(bias, shifts).map { Float(Double($0) + $1) })
  }

  /// Rounds the weights of a layer anew, at the scales that they have.
  ///
  /// - Parameter rounding: how the weights of a group are rounded, asked once a group; nil leaves them as they are.
  /// - Throws: `CancellationError`, `TensorError`, what `rounding` throws.
  mutating func roundWeights(
    of index: Int, threads: Int, isCancelled: @escaping () -> Bool,
    _ rounding: @escaping @Sendable (_ group: Int) throws -> ErrorFeedbackRounding?
  ) throws {
    let (exact, rounded) = weights[index]
    let (layer, values, shape) = (layers[index], exact.floats, exact.shape)
    let rows = shape[layer.channelAxis]
    guard rows > 0, layer.groups > 0, rows.isMultiple(of: layer.groups) else { return }
    let width = shape.elementCount / rows
    let isTransposed = layer.channelAxis != 0
    let scales = rounded.parameters.scales
    let shared = layer.groups == 1 ? try rounding(0) : nil
    if layer.groups == 1, shared == nil { return }
    let rowsOfUnit = layer.groups == 1 ? 1 : rows / layer.groups
    var integers = rounded.integers
    let loop = SampleLoop(sampleCount: rows / rowsOfUnit, threads: threads, blockSize: 8, isCancelled: isCancelled)
    var done = 0
    try loop.run(
      makeWorker: {
        { units, finish in
          var block: [[Int8]?] = []
          for unit in units {
            let found = try shared ?? rounding(unit)
            for row in unit * rowsOfUnit..<(unit + 1) * rowsOfUnit {
              let scale = scales[scales.count == 1 ? 0 : row]
              block.append(
                found?.rounded(
                  (0..<width).map { values[isTransposed ? $0 * rows + row : row * width + $0] / scale }))
            }
            try finish()
          }
          return block
        }
      }, progress: { _ in },
      merge: { (block: [[Int8]?]) in
        for row in block {
          for (column, integer) in (row ?? []).enumerated() {
            integers[isTransposed ? column * rows + done : done * width + column] = integer
          }
          done += 1
        }
      })
    weights[index].rounded = rounded.replacing(integers)
    graph[layer.integers].constant = try Tensor(shape: shape, integers)
  }

  private mutating func appendQuantizers(of value: ValueID, _ activations: [ValueID: QuantizationParameters]) {
    guard let parameters = activations[value] else { return }
    let name = graph[value].name
    let scale = graph.addConstant("\(name)/scale", Tensor(scalar: parameters.scales[0]))
    let zeroPoint = graph.addConstant("\(name)/zero_point", Tensor(scalar: UInt8(clamping: parameters.zeroPoints[0])))
    let integers = graph.append(
      QuantizeLinear(), name: "\(name)/quantize", inputs: [value, scale, zeroPoint],
      outputNames: ["\(name)/quantized"])
    let reals = graph.append(
      DequantizeLinear(), name: "\(name)/dequantize", inputs: integers + [scale, zeroPoint],
      outputNames: ["\(name)/dequantized"])
    dequantized[value] = reals[0]
  }

  /// The weights of layers before rounding, as their nodes multiply by them.
  private static func exactWeights(of layer: WeightedLayer, _ graph: Graph) -> Tensor? {
    guard let tensor = graph.constant(layer.weights) else { return nil }
    guard let gemm = graph.nodes[layer.node].op as? Gemm, gemm.alpha != 1 else { return tensor }
    return try? Tensor(shape: tensor.shape, tensor.floats.map { $0 * gemm.alpha })
  }

  /// The weights of some layers rounded to nearest, by node.
  private static func roundedWeights(
    of layers: [WeightedLayer], _ graph: Graph, isPerChannel: Bool, scales: QuantizedWeights.ScaleChoice, threads: Int,
    isCancelled: @escaping () -> Bool
  ) throws -> [Int: QuantizedWeights] {
    let loop = SampleLoop(sampleCount: layers.count, threads: threads, blockSize: 1, isCancelled: isCancelled)
    var found: [Int: QuantizedWeights] = [:]
    try loop.run(
      makeWorker: {
        { range, finish in
          var block: [Int: QuantizedWeights] = [:]
          for layer in layers[range] {
            if let exact = exactWeights(of: layer, graph) {
              block[layer.node] = try QuantizedWeights(
                exact, axis: layer.channelAxis, isPerChannel: isPerChannel, scales: scales)
            }
            try finish()
          }
          return block
        }
      }, progress: { _ in }, merge: { found.merge($0) { $1 } })
    return found
  }

  private mutating func quantizeWeights(
    of node: inout Node, _ layer: WeightedLayer, _ exact: Tensor, _ quantized: QuantizedWeights, isPerChannel: Bool
  ) throws -> (reals: ValueID, integers: ValueID) {
    if var gemm = node.op as? Gemm, gemm.alpha != 1 {
      gemm.alpha = 1
      node.op = gemm
    }
    let name = graph[layer.weights].name
    let parameters = quantized.parameters
    let integers = graph.addConstant(
      "\(name)/quantized", try Tensor(shape: quantized.shape, quantized.integers))
    let zeros = parameters.zeroPoints.map { Int8(clamping: $0) }
    let scale = graph.addConstant(
      "\(name)/scale", isPerChannel ? Tensor(vector: parameters.scales) : Tensor(scalar: parameters.scales[0]))
    let zeroPoint = graph.addConstant(
      "\(name)/zero_point", isPerChannel ? Tensor(vector: zeros) : Tensor(scalar: zeros[0]))
    let reals = graph.append(
      DequantizeLinear(axis: isPerChannel ? layer.channelAxis : 1), name: "\(name)/dequantize",
      inputs: [integers, scale, zeroPoint], outputNames: ["\(name)/dequantized"])
    node.inputs[1] = reals[0]
    weights.append((exact, quantized))
    return (reals[0], integers)
  }

  /// Gives a layer a bias of its own, one number a channel; a MatMul becomes a Gemm for that.
  private mutating func addBias(to node: inout Node, _ layer: WeightedLayer) -> ValueID {
    var factor: Float = 1
    switch node.op {
    case var gemm as Gemm:
      factor = gemm.beta
      gemm.beta = 1
      node.op = gemm
    case let product as MatMul: node.op = Gemm(activation: product.activation)
    default: break
    }
    let given = (node.inputs.count > 2 ? graph.constant(node.inputs[2]) : nil)?.floats ?? [0]
    let bias = (0..<layer.channelCount).map { given[given.count == layer.channelCount ? $0 : 0] * factor }
    while node.inputs.count < 3 { node.inputs.append(nil) }
    let name = node.inputs[2].map { "\(graph[$0].name)/corrected" } ?? "\(node.name)/bias"
    let id = graph.addConstant(name, Tensor(vector: bias))
    node.inputs[2] = id
    return id
  }

  /// Lets go of the original weights, which take four times the room of the quantized ones.
  private mutating func forgetUnreadConstants() {
    var isRead = Set(graph.outputs)
    for node in graph.nodes { isRead.formUnion(node.inputs.compactMap(\.self)) }
    for index in graph.values.indices where !isRead.contains(ValueID(index)) {
      graph[ValueID(index)].constant = nil
    }
  }
}
