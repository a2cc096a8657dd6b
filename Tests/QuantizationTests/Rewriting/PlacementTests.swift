import Graphs
import Quantization
import Tensors
import Testing
import _TestSupport

/// Where quantizers stand, as recorded text.
@Suite struct PlacementTests {
  private static func text(
    _ graph: Graph, _ extents: [Int] = [1, 3, 8, 8], ignoring scope: IgnoredScope = IgnoredScope()
  ) throws -> String {
    let configuration = QuantizationConfiguration(
      ignoredScope: scope, rangeEstimator: .minMax, biasCorrection: .none)
    let result = try Quantizer(configuration).quantize(graph, calibration: ExampleNets.samples(3, extents))
    let layers = result.quantizedLayers.map { "int8 \($0.operatorName) \($0.name)" }
    let floats = result.floatLayers.map { "float \($0.operatorName) \($0.name): \($0.reason)" }
    return result.graph.text + (layers + floats).joined(separator: "\n") + "\n"
  }

  @Test func convolutionAndActivation() throws {
    var net = ExampleNets("conv-relu")
    let a = try net.conv("a", net.input([1, 3, 8, 8]), 3, 4, kernel: 3, .relu)
    let b = try net.conv("b", a, 4, 2)
    let text = try Self.text(net.finished(net.append(Softmax(axis: 1), "softmax", b)))
    #expect(try Snapshot("conv-relu.txt").difference(from: text) == nil)
  }

  /// A sum is quantized once: the projection's result is not, and the shortcut's quantized form is shared.
  @Test func residualBlocks() throws {
    let text = try Self.text(ExampleNets.mobile(), [1, 3, 12, 12])
    #expect(try Snapshot("mobile.txt").difference(from: text) == nil)
  }

  /// Of two layers that are added, the later one goes into the sum as it is.
  @Test func sumOfTwoLayers() throws {
    var net = ExampleNets("downsample")
    let x = try net.input([1, 3, 8, 8])
    let shortcut = try net.conv("shortcut", x, 3, 4)
    let main = try net.conv("main", x, 3, 4, kernel: 3)
    let sum = net.append(Add(), "add", shortcut, main)
    let text = try Self.text(net.finished(try net.conv("last", sum, 4, 2)))
    #expect(try Snapshot("downsample.txt").difference(from: text) == nil)
  }

  /// What is joined has one scale, also through a pooling that only selects; an average has a scale of its own.
  @Test func concatenationAndPooling() throws {
    var net = ExampleNets("concat")
    let x = try net.input([1, 3, 8, 8])
    let a = try net.conv("a", x, 3, 2, .relu)
    let b = try net.conv("b", x, 3, 2, kernel: 3)
    let joined = net.append(Concat(axis: 1), "join", a, b)
    let window = SpatialWindow(kernel: [2, 2], strides: [2, 2])
    let largest = net.append(MaxPool(window: window), "max", joined)
    let average = net.append(AveragePool(window: window), "average", largest)
    let text = try Self.text(net.finished(try net.conv("last", average, 4, 2)))
    #expect(try Snapshot("concat.txt").difference(from: text) == nil)
  }

  /// A float operator behind a layer reads the quantized form, and one before it keeps its own floats.
  @Test func floatNeighbours() throws {
    var net = ExampleNets("neighbours")
    let x = try net.input([1, 3, 8, 8])
    let bent = net.append(Sigmoid(), "bend", x)
    let a = try net.conv("a", bent, 3, 3)
    let scaled = net.append(Mul(), "scale", a, bent)
    let b = try net.conv("b", a, 3, 3)
    let text = try Self.text(net.finished(net.append(Add(), "add", scaled, b)))
    #expect(try Snapshot("neighbours.txt").difference(from: text) == nil)
  }

  @Test func ignoredNodesStayInFloatingPoint() throws {
    let graph = try ExampleNets.mobile()
    let scope = IgnoredScope(names: ["stem"], patterns: ["block?.d*"], operatorTypes: ["Gemm"])
    let text = try Self.text(graph, [1, 3, 12, 12], ignoring: scope)
    #expect(try Snapshot("ignored.txt").difference(from: text) == nil)
  }

  @Test func entriesAreToldApart() {
    let scope = IgnoredScope(entries: ["Conv", "block*", "stem", "Conv_1", "a?c", "Relu"])
    #expect(scope == IgnoredScope(names: ["stem", "Conv_1"], patterns: ["block*", "a?c"], operatorTypes: ["Conv", "Relu"]))
  }
}
