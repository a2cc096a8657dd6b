import Graphs
import Quantization
import Tensors
import Testing

/// Which sums along shortcuts stay in floating point.
@Suite struct FloatSumsTests {
  /// A linear bottleneck of a MobileNetV2 with 8 channels, and another that reads its sum.
  private static func graph(widths: [Int]) throws -> Graph {
    var net = ExampleNets("sums")
    var y = try net.conv("stem", net.input([1, 3, 6, 6]), 3, 8)
    for (index, width) in widths.enumerated() {
      let expanded = try net.conv("b\(index).expand", y, 8, width, .relu)
      let spread = try net.conv("b\(index).depthwise", expanded, width, width, kernel: 3, group: width, .relu)
      y = net.append(Add(), "b\(index).add", y, try net.conv("b\(index).project", spread, width, 8))
    }
    return try net.finished(try net.conv("last", y, 8, 2))
  }

  /// Sums in floating point, with the reasons given.
  private static func floatSums(
    _ graph: Graph, _ preset: QuantizationPreset, _ keepsSums: Bool? = nil
  ) throws -> [String: String] {
    let configuration = QuantizationConfiguration(
      preset: preset, sumsInFloat: keepsSums, rangeEstimator: .minMax, hasChannelScaling: false,
      searchesWeightScales: false,
      hasErrorFeedback: false, biasCorrection: .none)
    let result = try Quantizer(configuration).quantize(graph, calibration: ExampleNets.samples(3, [1, 3, 6, 6]))
    let floats = result.floatLayers.filter { $0.operatorName == "Add" }
    #expect(floats.count + result.quantizedLayers.count { $0.operatorName == "Add" } == 2)
    return Dictionary(uniqueKeysWithValues: floats.map { ($0.name, $0.reason) })
  }

  @Test func presetPerformanceComputesSumsOnIntegers() throws {
    #expect(try Self.floatSums(Self.graph(widths: [16, 24]), .performance).isEmpty)
  }

  @Test func presetMixedKeepsAllSumsInFloatingPoint() throws {
    let graph = try Self.graph(widths: [16, 24])
    let sums = try Self.floatSums(graph, .mixed)
    #expect(Set(sums.keys) == ["b0.add", "b1.add"])
    #expect(sums.values.allSatisfy { $0.contains("shortcuts") })
  }

  @Test(arguments: QuantizationPreset.allCases) func noneStaysOnDemand(_ preset: QuantizationPreset) throws {
    #expect(try Self.floatSums(Self.graph(widths: [16, 24]), preset, false).isEmpty)
  }
}
