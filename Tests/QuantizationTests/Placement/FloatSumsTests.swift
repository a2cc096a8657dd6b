import Graphs
import Quantization
import Tensors
import Testing

/// Which sums along shortcuts stay in floating point.
@Suite struct FloatSumsTests {
  /// A linear bottleneck of a MobileNetV2 with 8 channels, and another that reads its sum.
  ///
  /// For each of its sum's elements a block with w channels in the middle computes (8 w + 9 w + 8 w) / 8 products.
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
    _ graph: Graph, _ preset: QuantizationPreset, _ sums: FloatSums? = nil
  ) throws -> [String: String] {
    let configuration = QuantizationConfiguration(
      preset: preset, sumsInFloat: sums, rangeEstimator: .minMax, hasChannelScaling: false, searchesWeightScales: false,
      hasErrorFeedback: false, biasCorrection: .none)
    let result = try Quantizer(configuration).quantize(graph, calibration: ExampleNets.samples(3, [1, 3, 6, 6]))
    let floats = result.floatLayers.filter { $0.operatorName == "Add" }
    #expect(floats.count + result.quantizedLayers.count { $0.operatorName == "Add" } == 2)
    return Dictionary(uniqueKeysWithValues: floats.map { ($0.name, $0.reason) })
  }

  /// 25 w / 8 is 1500 for w = 480: one channel less, and the sum is computed on integers, and so is what it is added to.
  @Test func sumsAreCheapFromFifteenHundredProductsForEachElementOn() throws {
    #expect(try Self.floatSums(Self.graph(widths: [479, 600]), .performance).isEmpty)
    let cheap = try Self.floatSums(Self.graph(widths: [480, 16]), .performance)
    #expect(Set(cheap.keys) == ["b0.add", "b1.add"])
    #expect(cheap.values.allSatisfy { $0.contains("costs little") })
  }

  @Test func presetMixedKeepsAllSumsInFloatingPoint() throws {
    let graph = try Self.graph(widths: [480, 16])
    #expect(Set(try Self.floatSums(graph, .mixed).keys) == ["b0.add", "b1.add"])
  }

  @Test(arguments: QuantizationPreset.allCases) func noneStaysOnDemand(_ preset: QuantizationPreset) throws {
    #expect(try Self.floatSums(Self.graph(widths: [480, 16]), preset, FloatSums.none).isEmpty)
  }
}
