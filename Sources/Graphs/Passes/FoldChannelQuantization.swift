import Tensors

/// Gives activations that are quantized with one scale a channel one scale for all channels.
///
/// With S the largest of the scales s: x is multiplied by S / s before it is quantized, so that the integers stay as they
/// are, and by s / S behind. The factors go into the weights of the convolution that computes x, where its activation has
/// no other bounds than those of the quantization, and of the depthwise convolutions that read it; where that is not
/// possible they stay as nodes. Channels with different zero points are shifted by nodes too, but for channels that were
/// always zero when the model was quantized: NNCF gives these a tiny range with a zero point of their own.
public struct FoldChannelQuantization: Pass {
  public static let name = "foldChannelQuantization"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    var rewriting = Rewriting(graph)
    for index in graph.nodes.indices {
      if let found = ChannelQuantization(index, in: graph, rewriting.consumers) { try rewriting.rewrite(found) }
    }
    graph = rewriting.result
  }
}

/// A QuantizeLinear with one scale a channel, and the DequantizeLinear nodes behind it, which undo it.
private struct ChannelQuantization {
  let node: Int
  let input: ValueID
  let dequantizers: [Int]
  var scales: [Float]
  var zeroPoints: [Int64]
  let elementType: ElementType
  let rank: Int

  init?(_ index: Int, in graph: Graph, _ consumers: [ValueID: [Int]]) {
    let quantizer = graph.nodes[index]
    guard let op = quantizer.op as? QuantizeLinear, let input = quantizer.inputs.first ?? nil,
      let output = quantizer.outputs.first ?? nil, let type = graph.type(of: input), type.elementType == .float32,
      type.shape.rank >= 2, let map = Self.map(quantizer, op.axis, rank: type.shape.rank, in: graph),
      map.scales.count == type.shape[1], map.scales.allSatisfy({ $0 > 0 && $0.isFinite }),
      !graph.outputs.contains(output), let readers = consumers[output],
      let elementType = graph.type(of: output)?.elementType, elementType == .uint8 || elementType == .int8
    else { return nil }
    for reader in readers {
      let dequantizer = graph.nodes[reader]
      guard let op = dequantizer.op as? DequantizeLinear, dequantizer.inputs.first == output,
        dequantizer.outputs.first != nil, let own = Self.map(dequantizer, op.axis, rank: type.shape.rank, in: graph),
        own == map
      else { return nil }
    }
    node = index
    self.input = input
    dequantizers = readers
    scales = map.scales
    zeroPoints = map.zeroPoints
    self.elementType = elementType
    rank = type.shape.rank
  }

  private struct Map: Equatable {
    var scales: [Float]
    var zeroPoints: [Int64]
  }

  /// Constant scales and zero points along axis 1.
  private static func map(_ node: Node, _ axis: Int, rank: Int, in graph: Graph) -> Map? {
    guard axis == 1 || axis == 1 - rank, node.inputs.count >= 2, let scale = graph.constant(node.inputs[1]),
      scale.elementType == .float32, scale.elementCount > 1
    else { return nil }
    guard node.inputs.count > 2, let zero = node.inputs[2] else {
      return Map(scales: scale.floats, zeroPoints: scale.floats.map { _ in 0 })
    }
    guard let points = graph.constant(zero)?.integers, points.count == scale.elementCount else { return nil }
    return Map(scales: scale.floats, zeroPoints: points)
  }

  /// The zero point that all channels have; nil if they differ.
  var commonZeroPoint: Int64? {
    zeroPoints.first.flatMap { first in zeroPoints.allSatisfy { $0 == first } ? first : nil }
  }

  /// The same with the lowest zero point for all channels, if those with another one are never negative and reach less far
  /// than the largest scale: their range then has more and finer steps. Nil if not.
  func withLowestZeroPoint(_ activation: Activation) -> ChannelQuantization? {
    guard let range = elementType.integerRange, let lower = activation.bounds.lower, lower >= 0,
      let largest = scales.max()
    else { return nil }
    var result = self
    for channel in scales.indices where zeroPoints[channel] != range.lowerBound {
      let reach = scales[channel] * Float(range.upperBound - zeroPoints[channel])
      let finer = reach / Float(range.upperBound - range.lowerBound)
      guard reach < largest, finer > 0 else { return nil }
      result.scales[channel] = finer
      result.zeroPoints[channel] = range.lowerBound
    }
    return result
  }

  /// An activation that commutes with factors of channels and gives the same integers; nil if there is none.
  func scalable(_ activation: Activation) -> Activation? {
    guard let range = elementType.integerRange else { return nil }
    let (lower, upper) = activation.bounds
    /// Whether a bound is for no channel narrower than what integers can stand for.
    func isWide(_ bound: Float, _ isEnough: (Double) -> Bool) -> Bool {
      zip(scales, zeroPoints).allSatisfy { scale, zero in
        isEnough(Double((bound / scale).rounded(.toNearestOrEven)) + Double(zero))
      }
    }
    if let upper, !isWide(upper, { $0 >= Double(range.upperBound) }) { return nil }
    guard let lower else { return .identity }
    if lower == 0 { return .relu }
    return isWide(lower) { $0 <= Double(range.lowerBound) } ? .identity : nil
  }
}

/// A graph whose quantizations are rewritten one after the other.
private struct Rewriting {
  private var graph: Graph
  let consumers: [ValueID: [Int]]
  private let producers: [ValueID: Int]
  private let readCounts: [ValueID: Int]
  /// New nodes before and behind those of the original graph.
  private var before: [Int: [Node]] = [:]
  private var behind: [Int: [Node]] = [:]
  /// The new nodes that give weights.
  private var weightNodes: [ValueID: Node] = [:]

  init(_ graph: Graph) {
    self.graph = graph
    consumers = graph.consumers()
    producers = graph.producers()
    readCounts = graph.readCounts()
  }

  var result: Graph {
    var result = graph
    result.nodes = graph.nodes.indices.flatMap { (before[$0] ?? []) + [graph.nodes[$0]] + (behind[$0] ?? []) }
    return result
  }

  mutating func rewrite(_ quantization: ChannelQuantization) throws(GraphError) {
    if let zeroPoint = quantization.commonZeroPoint {
      try rewrite(quantization, zeroPoint: zeroPoint)
    } else if let producer = producers[quantization.input], let conv = graph.nodes[producer].op as? Conv,
      let finer = quantization.withLowestZeroPoint(conv.activation), let zeroPoint = finer.commonZeroPoint
    {
      try rewrite(finer, zeroPoint: zeroPoint)
    } else {
      try shift(quantization)
    }
  }

  private mutating func rewrite(_ quantization: ChannelQuantization, zeroPoint: Int64) throws(GraphError) {
    let largest = quantization.scales.max() ?? 1
    let factors = quantization.scales.map { Double(largest) / Double($0) }
    let inverses = factors.map { 1 / $0 }
    let name = graph.nodes[quantization.node].name
    var input = quantization.input
    if let producer = producers[input], readCounts[input] == 1, canScale(producer),
      let conv = graph.nodes[producer].op as? Conv, let activation = quantization.scalable(conv.activation)
    {
      try scale(producer, by: factors)
      var conv = conv
      conv.activation = activation
      graph.nodes[producer].op = conv
    } else {
      input = try apply(Mul(), factors, to: input, quantization, "\(name)/scaled", at: quantization.node)
    }
    let parameters = try constants(name, scale: largest, zeroPoint, quantization.elementType)
    graph.nodes[quantization.node].inputs = [input] + parameters
    for index in quantization.dequantizers {
      guard let old = graph.nodes[index].outputs[0] else { continue }
      let scaled = graph.addValue("\(graph[old].name)/scaled", type: graph.type(of: old))
      graph.nodes[index].inputs = [graph.nodes[index].inputs[0]] + parameters
      graph.nodes[index].outputs = [scaled]
      let readers = consumers[old] ?? []
      let foldable = readers.filter { isDepthwise($0, reading: old) }
      for reader in foldable {
        let outputs = graph.constant(integers(ofWeights: reader))?.shape[0] ?? 0
        let multiple = max(outputs / max(inverses.count, 1), 1)
        try scale(reader, by: (0..<outputs).map { inverses[$0 / multiple] }, isInput: true)
        graph.nodes[reader].inputs[0] = scaled
      }
      if foldable.count < readers.count || graph.outputs.contains(old) {
        let tensor = try vector(inverses, rank: quantization.rank)
        let constant = graph.addConstant("\(name)/inverse_factors", tensor)
        behind[index, default: []].append(
          Node(name: "\(graph.nodes[index].name)/unscaled", op: Mul(), inputs: [scaled, constant], outputs: [old]))
      }
    }
  }

  /// Channels with zero points of their own: (x / s + z) is quantized with scale 1 and zero point 0.
  private mutating func shift(_ quantization: ChannelQuantization) throws(GraphError) {
    let name = graph.nodes[quantization.node].name
    let points = quantization.zeroPoints.map(Double.init)
    let scales = quantization.scales.map(Double.init)
    var input = quantization.input
    let node = quantization.node
    input = try apply(Mul(), scales.map { 1 / $0 }, to: input, quantization, "\(name)/scaled", at: node)
    input = try apply(Add(), points, to: input, quantization, "\(name)/shifted", at: node)
    let parameters = try constants(name, scale: 1, 0, quantization.elementType)
    graph.nodes[node].inputs = [input] + parameters
    for index in quantization.dequantizers {
      guard let old = graph.nodes[index].outputs[0] else { continue }
      let own = graph.nodes[index].name
      let levels = graph.addValue("\(graph[old].name)/levels", type: graph.type(of: old))
      let distances = graph.addValue("\(graph[old].name)/distances", type: graph.type(of: old))
      graph.nodes[index].inputs = [graph.nodes[index].inputs[0]] + parameters
      graph.nodes[index].outputs = [levels]
      let negated = graph.addConstant("\(own)/shifts", try vector(points.map { -$0 }, rank: quantization.rank))
      let factors = graph.addConstant("\(own)/factors", try vector(scales, rank: quantization.rank))
      behind[index, default: []] += [
        Node(name: "\(own)/unshifted", op: Add(), inputs: [levels, negated], outputs: [distances]),
        Node(name: "\(own)/unscaled", op: Mul(), inputs: [distances, factors], outputs: [old]),
      ]
    }
  }

  /// Puts a node that combines each channel with a number before a node.
  private mutating func apply(
    _ op: any Operator, _ numbers: [Double], to input: ValueID, _ quantization: ChannelQuantization, _ name: String,
    at node: Int
  ) throws(GraphError) -> ValueID {
    let constant = graph.addConstant("\(name)/numbers", try vector(numbers, rank: quantization.rank))
    let output = graph.addValue(name, type: graph.type(of: input))
    before[node, default: []].append(Node(name: name, op: op, inputs: [input, constant], outputs: [output]))
    return output
  }

  /// Numbers along axis 1 of a tensor of some rank.
  private func vector(_ numbers: [Double], rank: Int) throws(GraphError) -> Tensor {
    var extents = [Int](repeating: 1, count: rank)
    extents[1] = numbers.count
    do { return try Tensor(shape: Shape(extents), numbers.map { Float($0) }) } catch {
      throw GraphError(.invalidGraph, error.message)
    }
  }

  private mutating func constants(
    _ name: String, scale: Float, _ zeroPoint: Int64, _ type: ElementType
  ) throws(GraphError) -> [ValueID?] {
    [
      graph.addConstant("\(name)/scale", Tensor(scalar: scale)),
      graph.addConstant("\(name)/zero_point", Tensor(scalar: zeroPoint).converted(to: type)),
    ]
  }

  // MARK: Weights

  /// The node that gives a layer's weights from constants.
  private func dequantizer(of value: ValueID?) -> Node? {
    guard let value, let node = weightNodes[value] ?? producers[value].map({ graph.nodes[$0] }),
      node.op is DequantizeLinear, node.inputs.allSatisfy({ $0 == nil || graph.constant($0) != nil })
    else { return nil }
    return node
  }

  /// The constant that holds a layer's weights, as numbers or as integers.
  private func integers(ofWeights index: Int) -> ValueID? {
    let weights = graph.nodes[index].inputs.count > 1 ? graph.nodes[index].inputs[1] : nil
    return graph.constant(weights) != nil ? weights : dequantizer(of: weights)?.inputs[0]
  }

  /// The numbers of a constant, also of one behind a DequantizeLinear.
  private func floats(_ value: ValueID?) -> Tensor? {
    if let constant = graph.constant(value) { return constant.elementType == .float32 ? constant : nil }
    guard let node = dequantizer(of: value) else { return nil }
    let tensor = (try? node.op.evaluate(node.inputs.map { graph.constant($0) }, outputCount: 1))?.first
    return tensor?.elementType == .float32 ? tensor : nil
  }

  /// Whether factors of output channels can go into a convolution's constants.
  private func canScale(_ index: Int) -> Bool {
    let node = graph.nodes[index]
    guard node.op is Conv, node.inputs.count > 1 else { return false }
    if let constant = graph.constant(node.inputs[1]) {
      guard constant.elementType == .float32 else { return false }
    } else {
      guard let weights = dequantizer(of: node.inputs[1]), let op = weights.op as? DequantizeLinear,
        let scale = graph.constant(weights.inputs[1]), scale.elementType == .float32,
        let rank = graph.constant(weights.inputs[0])?.shape.rank,
        scale.elementCount == 1 || op.axis == 0 || op.axis == -rank
      else { return false }
    }
    return node.inputs.count < 3 || node.inputs[2] == nil || floats(node.inputs[2]) != nil
  }

  private func isDepthwise(_ index: Int, reading value: ValueID) -> Bool {
    let node = graph.nodes[index]
    guard let conv = node.op as? Conv, node.inputs.first == value, canScale(index),
      let shape = graph.constant(integers(ofWeights: index))?.shape, shape.rank >= 2
    else { return false }
    return shape[1] == 1 && conv.group == graph.type(of: value)?.shape[1]
  }

  /// Multiplies what a convolution makes of each output channel.
  ///
  /// - Parameter isInput: whether the factors are those of what it reads, so that the bias stays.
  private mutating func scale(_ index: Int, by factors: [Double], isInput: Bool = false) throws(GraphError) {
    var node = graph.nodes[index]
    if let constant = graph.constant(node.inputs[1]) {
      let size = max(constant.elementCount / max(factors.count, 1), 1)
      let scaled = constant.floats.enumerated().map { Float(Double($1) * factors[$0 / size]) }
      node.inputs[1] = graph.addConstant("\(node.name)/weights", constant.replacingElements(.float32(scaled)))
    } else if let old = dequantizer(of: node.inputs[1]), let scale = graph.constant(old.inputs[1])?.floats {
      var weights = old
      let scales = factors.indices.map { Float(Double(scale[scale.count == 1 ? 0 : $0]) * factors[$0]) }
      weights.op = DequantizeLinear(axis: 0)
      weights.inputs[1] = graph.addConstant("\(node.name)/weight_scales", Tensor(vector: scales))
      if weights.inputs.count > 2, let zero = graph.constant(weights.inputs[2]), zero.elementCount == 1 {
        let points = Tensor(vector: factors.map { _ in zero.integers?.first ?? 0 }).converted(to: zero.elementType)
        weights.inputs[2] = graph.addConstant("\(node.name)/weight_zero_points", points)
      }
      let output = graph.addValue("\(node.name)/weights")
      weights.outputs = [output]
      weightNodes[output] = weights
      before[index, default: []].append(weights)
      node.inputs[1] = output
    }
    if !isInput, node.inputs.count > 2, let bias = floats(node.inputs[2]) {
      let scaled = bias.floats.enumerated().map { Float(Double($1) * factors[$0 % factors.count]) }
      node.inputs[2] = graph.addConstant("\(node.name)/bias", bias.replacingElements(.float32(scaled)))
    }
    graph.nodes[index] = node
  }
}
