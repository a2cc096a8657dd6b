import Graphs
import Quantization
import Tensors
import Testing

@Suite struct BiasCorrectionTests {
  private static let extents = [1, 3, 12, 12]

  private static func quantize(_ method: BiasCorrectionMethod) throws -> QuantizationResult {
    try Quantizer(QuantizationConfiguration(hasChannelScaling: false, biasCorrection: method)).quantize(
      ExampleNets.mobile.make(), calibration: ExampleNets.samples(16, extents))
  }

  private static func floats(_ name: String, _ graph: Graph) throws -> [Double] {
    try #require(graph.constant(graph.value(named: name))).doubles
  }

  /// bias + sum over k of (W - Wq) * E[x_k], with means over the samples by the reference executor.
  @Test(arguments: [("stem", "x", 3, 9), ("block1.depthwise", "block1.expand", 1, 9), ("classifier", "flatten", 8, 1)])
  func fastCorrectionFollowsTheFormula(_ layer: String, _ input: String, _ depth: Int, _ taps: Int) throws {
    let graph = try ExampleNets.mobile.make()
    let result = try Self.quantize(.fast)
    let reference = try ReferenceExecutor(graph)
    let id = try #require(graph.value(named: input))
    let channels = try #require(graph.type(of: id)).shape[1]
    var means = [Double](repeating: 0, count: channels)
    for sample in 0..<16 {
      let tensors = try #require(try ExampleNets.samples(16, Self.extents).tensors(sample))
      let values = try #require(try reference.allValues(tensors)[id]).doubles
      for (index, value) in values.enumerated() {
        means[index / (values.count / channels)] += value / Double(values.count / channels) / 16
      }
    }
    let (w, b) = (try Self.floats("\(layer).w", graph), try Self.floats("\(layer).b", graph))
    let integers = try Self.floats("\(layer).w/quantized", result.graph)
    let scales = try Self.floats("\(layer).w/scale", result.graph)
    let found = try Self.floats("\(layer).b/corrected", result.graph)
    for output in b.indices {
      var wanted = b[output]
      for k in 0..<depth * taps {
        let index = output * depth * taps + k
        wanted += (w[index] - integers[index] * scales[output]) * means[depth == 1 ? output : k / taps]
      }
      #expect(abs(found[output] - wanted) < 1e-6)
    }
  }

  /// The mean error of the logits over other samples, which each method makes smaller.
  @Test func eachMethodBringsTheMeansNearer() throws {
    let exact = try ReferenceExecutor(ExampleNets.mobile.make())
    let id = try #require(exact.graph.value(named: "classifier"))
    func shift(_ method: BiasCorrectionMethod) throws -> Double {
      let quantized = try ReferenceExecutor(Self.quantize(method).graph)
      var sums = [Double](repeating: 0, count: 5)
      for sample in 0..<16 {
        let input = try #require(try ExampleNets.samples(16, Self.extents).tensors(sample))
        let a = try #require(try exact.allValues(input)[id]).doubles
        let b = try #require(try quantized.allValues(input)[id]).doubles
        for index in sums.indices { sums[index] += b[index] - a[index] }
      }
      return sums.reduce(0) { $0 + $1 * $1 }
    }
    let (none, fast, sequential) = (try shift(.none), try shift(.fast), try shift(.sequential))
    #expect(fast < none && sequential < fast)
  }

  @Test func withoutCorrectionBiasesStay() throws {
    let graph = try Self.quantize(.none).graph
    #expect(graph.value(named: "stem.b/corrected") == nil)
    #expect(try Self.floats("stem.b", graph) == Self.floats("stem.b", try ExampleNets.mobile.make()))
  }
}
