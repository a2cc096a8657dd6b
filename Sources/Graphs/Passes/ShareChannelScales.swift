import Tensors

/// Gives an activation that is quantized with one scale a channel, for depthwise convolutions, one scale for all.
///
/// A convolution before it is scaled channel by channel, and the depthwise convolutions behind it the other way: x / s rounds
/// to the same integer as (x S / s) / S. This holds for a ReLU between them, and for a Clip whose bounds the quantizer's own
/// range makes needless. NNCF writes such quantizers; integer arithmetic wants one scale and zero point a tensor.
public struct ShareChannelScales: Pass {
  public static let name = "shareChannelScales"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    guard graph.nodes.contains(where: { isPerChannel($0, in: graph) }) else { return }
    let producers = graph.producers()
    let consumers = graph.consumers()
    for index in graph.nodes.indices where isPerChannel(graph.nodes[index], in: graph) {
      if let site = Site(index, graph, producers, consumers) { site.rewrite(&graph) }
    }
  }

  private func isPerChannel(_ node: Node, in graph: Graph) -> Bool {
    guard node.op is QuantizeLinear, node.inputs.count > 1, let scale = graph.constant(node.inputs[1]) else {
      return false
    }
    return scale.elementCount > 1
  }
}

/// A convolution, a quantizer with one scale a channel, and the depthwise convolutions that read it.
private struct Site {
  private let convolution: Int
  private let quantizer: Int
  private let dequantizer: Int
  private let readers: [Int]
  private let scales: [Float]
  private let zeroPoint: Int64
  private let activation: Activation

  init?(_ quantizer: Int, _ graph: Graph, _ producers: [ValueID: Int], _ consumers: [ValueID: [Int]]) {
    func soleReader(_ id: ValueID?) -> Int? {
      guard let id, !graph.outputs.contains(id), let readers = consumers[id], readers.count == 1 else { return nil }
      return readers[0]
    }
    func readerCount(_ id: ValueID) -> Int { consumers[id]?.count ?? 0 }
    let node = graph.nodes[quantizer]
    guard let op = node.op as? QuantizeLinear, let input = node.inputs[0], soleReader(input) == quantizer,
      let type = graph.type(of: input), type.shape.rank == 4, type.elementType == .float32, [1, -3].contains(op.axis),
      let scale = graph.constant(node.inputs[1]), scale.elementCount == type.shape[1],
      scale.floats.allSatisfy({ $0 > 0 && $0.isFinite }), let output = node.outputs[0],
      let dequantizer = soleReader(output), let back = graph.nodes[dequantizer].op as? DequantizeLinear,
      [1, -3].contains(back.axis), graph.nodes[dequantizer].inputs.count == node.inputs.count,
      graph.constant(graph.nodes[dequantizer].inputs[1]) == scale, let result = graph.nodes[dequantizer].outputs[0],
      let integers = graph.type(of: output)?.elementType.integerRange
    else { return nil }
    var points: [Int64] = [0]
    if node.inputs.count > 2 {
      guard let zero = graph.constant(node.inputs[2]),
        zero == graph.constant(graph.nodes[dequantizer].inputs[2]), let numbers = zero.integers
      else { return nil }
      points = numbers
    }
    guard let point = points.first, points.allSatisfy({ $0 == point }), !graph.outputs.contains(result),
      let readers = consumers[result], !readers.isEmpty,
      readers.allSatisfy({
        Self.isDepthwise(graph.nodes[$0], reading: result, channels: type.shape[1], graph, producers, readerCount)
      })
    else { return nil }
    guard let convolution = producers[input], let conv = graph.nodes[convolution].op as? Conv,
      Self.weights(of: graph.nodes[convolution], graph, producers, readerCount) != nil,
      graph.nodes[convolution].inputs.dropFirst(2).allSatisfy({ $0 == nil || graph.constant($0) != nil }),
      let activation = Self.activation(conv.activation, scales: scale.floats, zero: point, in: integers)
    else { return nil }
    self.quantizer = quantizer
    self.dequantizer = dequantizer
    self.convolution = convolution
    self.readers = readers
    self.activation = activation
    scales = scale.floats
    zeroPoint = point
  }

  /// What the convolution must still do itself if its channels are scaled; nil if that cannot be said for all at once.
  private static func activation(
    _ activation: Activation, scales: [Float], zero: Int64, in range: ClosedRange<Int64>
  ) -> Activation? {
    guard case .clip(let lower, let upper) = activation else { return activation }
    func isCutBelow(_ scale: Float) -> Bool {
      (Double(lower) / Double(scale)).rounded(.toNearestOrEven) + Double(zero) <= Double(range.lowerBound)
    }
    func isCutAbove(_ scale: Float) -> Bool {
      (Double(upper) / Double(scale)).rounded(.toNearestOrEven) + Double(zero) >= Double(range.upperBound)
    }
    guard scales.allSatisfy(isCutAbove) else { return nil }
    if scales.allSatisfy(isCutBelow) { return .identity }
    return lower == 0 ? .relu : nil
  }

  private static func isDepthwise(
    _ node: Node, reading input: ValueID, channels: Int, _ graph: Graph, _ producers: [ValueID: Int],
    _ readerCount: (ValueID) -> Int
  ) -> Bool {
    guard let conv = node.op as? Conv, node.inputs[0] == input, conv.group == channels,
      !node.inputs.dropFirst().contains(input)
    else { return false }
    return weights(of: node, graph, producers, readerCount)?.shape[1] == 1
  }

  /// The constant weights of a convolution, or the integers of quantized ones with scales along the first axis.
  private static func weights(
    of node: Node, _ graph: Graph, _ producers: [ValueID: Int], _ readerCount: (ValueID) -> Int
  ) -> Tensor? {
    guard node.inputs.count > 1, let id = node.inputs[1] else { return nil }
    if let tensor = graph.constant(id) { return tensor.elementType == .float32 ? tensor : nil }
    guard readerCount(id) == 1, let index = producers[id], case let source = graph.nodes[index],
      let op = source.op as? DequantizeLinear,
      let tensor = graph.constant(source.inputs[0]), let scale = graph.constant(source.inputs[1]),
      scale.elementType == .float32, scale.elementCount == 1 || op.axis == 0 || op.axis == -tensor.shape.rank
    else { return nil }
    return tensor
  }

  func rewrite(_ graph: inout Graph) {
    let common = scales.max() ?? 1
    scale(convolution, by: scales.map { Double(common) / Double($0) }, scalesBias: true, &graph)
    if var conv = graph.nodes[convolution].op as? Conv {
      conv.activation = activation
      graph.nodes[convolution].op = conv
    }
    for reader in readers {
      scale(reader, by: scales.map { Double($0) / Double(common) }, scalesBias: false, &graph)
    }
    let name = graph.nodes[quantizer].name
    let scale = graph.addConstant("\(name)/scale", Tensor(scalar: common))
    for index in [quantizer, dequantizer] {
      graph.nodes[index].inputs[1] = scale
      guard graph.nodes[index].inputs.count > 2, let zero = graph.constant(graph.nodes[index].inputs[2]) else {
        continue
      }
      graph.nodes[index].inputs[2] = graph.addConstant(
        "\(name)/zero_point", Tensor(scalar: zeroPoint).converted(to: zero.elementType))
    }
  }

  /// Multiplies the filters of a convolution, and its bias if that is wanted, channel by channel.
  private func scale(_ index: Int, by factors: [Double], scalesBias: Bool, _ graph: inout Graph) {
    let node = graph.nodes[index]
    guard let weights = node.inputs[1] else { return }
    if let tensor = graph.constant(weights) {
      graph.nodes[index].inputs[1] = graph.addConstant(
        "\(node.name)/scaled_weights", tensor.multiplied(byChannel: factors))
    } else if let producer = graph.nodes.firstIndex(where: { $0.outputs.contains(weights) }) {
      scaleIntegers(of: producer, by: factors, &graph)
    }
    if scalesBias, node.inputs.count > 2, let bias = graph.constant(node.inputs[2]) {
      graph.nodes[index].inputs[2] = graph.addConstant("\(node.name)/scaled_bias", bias.multiplied(byChannel: factors))
    }
  }

  /// Multiplies the scales of quantized filters.
  private func scaleIntegers(of producer: Int, by factors: [Double], _ graph: inout Graph) {
    let node = graph.nodes[producer]
    guard let scale = graph.constant(node.inputs[1]) else { return }
    let all = scale.elementCount == 1 ? factors.map { _ in scale.floats[0] } : scale.floats
    graph.nodes[producer].inputs[1] = graph.addConstant(
      "\(node.name)/channel_scales", Tensor(vector: all).multiplied(byChannel: factors))
    if node.inputs.count > 2, let zero = graph.constant(node.inputs[2]), zero.elementCount == 1,
      let point = zero.integers?.first
    {
      graph.nodes[producer].inputs[2] = graph.addConstant(
        "\(node.name)/channel_zero_points", Tensor(vector: factors.map { _ in point }).converted(to: zero.elementType))
    }
    graph.nodes[producer].op = DequantizeLinear(axis: 0)
  }
}

extension Tensor {
  /// Each index along the first axis times a factor of its own, rounded once.
  fileprivate func multiplied(byChannel factors: [Double]) -> Tensor {
    guard !factors.isEmpty, elementCount % factors.count == 0, elementCount > 0 else { return self }
    let inner = elementCount / factors.count
    let numbers = doubles.enumerated().map { Float($1 * factors[$0 / inner]) }
    return (try? Tensor(shape: shape, numbers)) ?? self
  }
}
