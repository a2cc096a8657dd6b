import Graphs
import Quantization
import Tensors
import Testing

@Suite struct ChannelScalingTests {
  /// Two convolutions with a linear value of very different channels between them.
  private static func graph() throws -> Graph {
    var net = ExampleNets("uneven")
    let x = try net.input([1, 3, 6, 6])
    let a = try net.conv("a", x, 3, 4)
    var graph = try net.finished(try net.conv("b", a, 4, 2, kernel: 3))
    try scaleLayerA(of: &graph, by: [1, 0.02, 0.3, 0.05])
    return graph
  }

  /// Multiplies the output channels of layer a, which reads 3 channels, by factors.
  private static func scaleLayerA(of graph: inout Graph, by factors: [Float]) throws {
    for (name, width) in [("a.w", 3), ("a.b", 1)] {
      let id = try #require(graph.value(named: name))
      let tensor = try #require(graph.constant(id))
      graph[id].constant = try Tensor(
        shape: tensor.shape, tensor.floats.enumerated().map { $0.element * factors[$0.offset / width] })
    }
  }

  private static func quantize(_ hasChannelScaling: Bool) throws -> QuantizationResult {
    let configuration = QuantizationConfiguration(
      rangeEstimator: .minMax, hasChannelScaling: hasChannelScaling, searchesWeightScales: false,
      hasErrorFeedback: false, biasCorrection: .none)
    return try Quantizer(configuration).quantize(graph(), calibration: ExampleNets.samples(12, [1, 3, 6, 6]))
  }

  private static func noise(_ result: QuantizationResult) throws -> Double {
    let (exact, quantized) = (try ReferenceExecutor(graph()), try ReferenceExecutor(result.graph))
    var (signal, noise) = (0.0, 0.0)
    for sample in 100..<110 {
      let input = try #require(try ExampleNets.samples(200, [1, 3, 6, 6]).tensors(sample))
      for (a, b) in zip(try exact.run(input)[0].doubles, try quantized.run(input)[0].doubles) {
        signal += a * a
        noise += (a - b) * (a - b)
      }
    }
    return noise / signal
  }

  /// The dequantized weights of both layers multiply to what the original weights multiply to, channel by channel.
  @Test func productsOfWeightsStay() throws {
    let (graph, result) = (try Self.graph(), try Self.quantize(true))
    func reals(_ name: String) throws -> [Double] {
      let integers = try #require(result.graph.constant(result.graph.value(named: "\(name)/quantized"))).doubles
      let scales = try #require(result.parameters[name]).scales
      return integers.enumerated().map { $0.element * Double(scales[$0.offset / (integers.count / scales.count)]) }
    }
    let before = try ["a.w", "b.w"].map { try #require(graph.constant(graph.value(named: $0))).doubles }
    let after = try ["a.w", "b.w"].map { try reals($0) }
    // Column sums of |a| per middle channel, times those of |b|.
    func product(_ weights: [[Double]], _ channel: Int) -> Double {
      let a = weights[0][channel * 3..<channel * 3 + 3].reduce(0) { $0 + abs($1) }
      let b = (0..<2).reduce(0.0) { sum, output in
        sum + weights[1][(output * 4 + channel) * 9..<(output * 4 + channel) * 9 + 9].reduce(0) { $0 + abs($1) }
      }
      return a * b
    }
    for channel in 0..<4 {
      let (old, new) = (product(before, channel), product(after, channel))
      #expect(abs(old - new) < 0.15 * old)
    }
    let small = try reals("a.w")[3..<6].reduce(0) { $0 + abs($1) }
    #expect(small > 5 * before[0][3..<6].reduce(0) { $0 + abs($1) })
  }

  @Test func smallChannelsLoseLess() throws {
    #expect(try Self.noise(Self.quantize(true)) < Self.noise(Self.quantize(false)))
  }

  /// A depthwise layer behind a ReLU6, whose channels are of very different size.
  private static func clippedGraph() throws -> Graph {
    var net = ExampleNets("clipped")
    let clip = Activation.clip(lower: 0, upper: 6)
    let a = try net.conv("a", net.input([1, 3, 6, 6]), 3, 4, clip)
    let b = try net.conv("b", a, 4, 4, kernel: 3, group: 4, clip)
    var graph = try net.finished(try net.conv("c", b, 4, 2))
    try scaleLayerA(of: &graph, by: [6, 0.05, 1, 0.3])
    return graph
  }

  /// Channel by channel, the weights before a clip grow by what those of the depthwise layer behind it shrink, at most
  /// twofold, and not so far that twice the largest number of the channel would be cut off; those behind the depthwise
  /// layer stay.
  @Test func depthwiseLayersBehindAClipTakeFactors() throws {
    let graph = try Self.clippedGraph()
    let configuration = QuantizationConfiguration(
      rangeEstimator: .minMax, searchesWeightScales: false, hasErrorFeedback: false, biasCorrection: .none)
    let samples = ExampleNets.samples(12, [1, 3, 6, 6])
    let result = try Quantizer(configuration).quantize(graph, calibration: samples)
    func largest(_ name: String, _ channel: Int, of values: [Double]) -> Double {
      let width = values.count / (name == "c.w" ? 2 : 4)
      return values[channel * width..<(channel + 1) * width].reduce(0) { max($0, abs($1)) }
    }
    func factor(_ name: String, _ channel: Int) throws -> Double {
      let before = try #require(graph.constant(graph.value(named: name))).doubles
      let integers = try #require(result.graph.constant(result.graph.value(named: "\(name)/quantized"))).doubles
      let scales = try #require(result.parameters[name]).scales
      let after = integers.enumerated().map { $0.element * Double(scales[$0.offset / (integers.count / scales.count)]) }
      return largest(name, channel, of: after) / largest(name, channel, of: before)
    }
    // The largest number of each channel behind the clip, by the reference evaluation.
    var inner = graph
    inner.outputs = [try #require(graph.nodes.first { $0.name == "a" }?.outputs[0])]
    let executor = try ReferenceExecutor(inner)
    var tops = [Double](repeating: 0, count: 4)
    for sample in 0..<12 {
      for (index, value) in try executor.run(try #require(try samples.tensors(sample)))[0].doubles.enumerated() {
        tops[index / 36] = max(tops[index / 36], value)
      }
    }
    let top = try #require(tops.max())
    for channel in 0..<4 {
      let wanted = 1 / min(max(2 * tops[channel] / top, 0.5), 1)
      #expect(abs(try factor("a.w", channel) - wanted) < 0.02 * wanted)
      #expect(abs(try factor("b.w", channel) - 1 / wanted) < 0.02 / wanted)
    }
    #expect(try factor("a.w", 1) > 1.95)
    for output in 0..<2 { #expect(abs(try factor("c.w", output) - 1) < 0.01) }
  }
}
