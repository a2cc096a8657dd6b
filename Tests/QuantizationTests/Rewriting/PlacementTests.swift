import Graphs
import Quantization
import Tensors
import Testing
import _TestSupport

/// Where quantizers stand, as recorded text.
@Suite struct PlacementTests {
  private static func quantize(
    _ example: ExampleNets.Example, ignoring scope: IgnoredScope = IgnoredScope()
  ) throws -> QuantizationResult {
    let configuration = QuantizationConfiguration(
      ignoredScope: scope, rangeEstimator: .minMax, hasChannelScaling: false, searchesWeightScales: false,
      hasErrorFeedback: false, biasCorrection: .none)
    return try Quantizer(configuration).quantize(
      example.make(), calibration: ExampleNets.samples(3, example.extents))
  }

  /// The graph without the scales of computed activations, whose last digits depend on the processor.
  private static func text(_ result: QuantizationResult) -> String {
    let graph = result.graph.text.split(separator: "\n").map { line in
      let isScale = line.hasPrefix("const ") && line.contains("/scale: float32[] =") && !line.hasPrefix("const x/")
      return isScale ? String(line.prefix { $0 != "=" } + "= …") : String(line)
    }
    let layers = result.quantizedLayers.map { "int8 \($0.operatorName) \($0.name)" }
    let floats = result.floatLayers.map { "float \($0.operatorName) \($0.name): \($0.reason)" }
    return (graph + layers + floats).joined(separator: "\n") + "\n"
  }

  @Test(arguments: ExampleNets.all) func quantizersStandAsRecorded(_ example: ExampleNets.Example) throws {
    let text = try Self.text(Self.quantize(example))
    #expect(try Snapshot("\(example.name).txt").difference(from: text) == nil)
  }

  /// What is joined has one scale, also through a pooling that only selects; an average has a scale of its own.
  @Test func joinedValuesShareParameters() throws {
    let parameters = try Self.quantize(ExampleNets.concatenation).parameters
    let joined = ["a", "b", "join", "max"].map { parameters[$0] }
    #expect(joined.allSatisfy { $0 != nil && $0 == joined[0] })
    #expect(parameters["average"] != nil && parameters["average"] != joined[0])
  }

  @Test func ignoredNodesStayInFloatingPoint() throws {
    let scope = IgnoredScope(names: ["stem"], patterns: ["block?.d*"], operatorTypes: ["Gemm"])
    let text = try Self.text(Self.quantize(ExampleNets.mobile, ignoring: scope))
    #expect(try Snapshot("ignored.txt").difference(from: text) == nil)
  }

  @Test func entriesAreToldApart() {
    let scope = IgnoredScope(entries: ["Conv", "block*", "stem", "Conv_1", "a?c", "Relu"])
    #expect(
      scope == IgnoredScope(names: ["stem", "Conv_1"], patterns: ["block*", "a?c"], operatorTypes: ["Conv", "Relu"]))
  }
}
