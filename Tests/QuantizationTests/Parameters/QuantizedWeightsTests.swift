import Graphs
import Quantization
import Tensors
import Testing

@Suite struct QuantizedWeightsTests {
  /// Weights of a Gemm whose output channels are rows (transposed) or columns, with a channel of zeros.
  private static let rows: [[Float]] = [[0.505, -1, 0.26, 1], [0, 0, 0, 0], [2, -0.012, -2.54, 0.02]]

  private static func quantize(
    transB: Bool, alpha: Float = 1, isPerChannel: Bool = true, searchesScales: Bool = false
  ) throws -> QuantizationResult {
    var graph = Graph(name: "gemm")
    let x = graph.addInput("x", ValueType(.float32, try Shape([1, 4])))
    let elements = transB ? rows.flatMap(\.self) : (0..<4).flatMap { k in rows.map { $0[k] } }
    let w = graph.addConstant("w", try Tensor(shape: Shape(transB ? [3, 4] : [4, 3]), elements))
    graph.outputs = graph.append(Gemm(alpha: alpha, transB: transB), name: "gemm", inputs: [x, w], outputNames: ["y"])
    try graph.inferTypes()
    return try Quantizer(
      QuantizationConfiguration(
        hasPerChannelWeights: isPerChannel, hasChannelScaling: false, searchesWeightScales: searchesScales,
        hasErrorFeedback: false, biasCorrection: .none)
    ).quantize(graph, calibration: ExampleNets.samples(2, [1, 4]))
  }

  private static func integers(_ result: QuantizationResult) throws -> [Int64] {
    let id = try #require(result.graph.value(named: "w/quantized"))
    return try #require(result.graph.constant(id)?.integers)
  }

  /// A channel of zeros takes a hundredth of the largest bound, 2.54.
  @Test(arguments: [true, false]) func perChannel(_ transB: Bool) throws {
    let result = try Self.quantize(transB: transB)
    let parameters = try #require(result.parameters["w"])
    #expect(parameters.axis == (transB ? 0 : 1) && parameters.zeroPoints == [0, 0, 0])
    for (found, wanted) in zip(parameters.scales, [1.0 / 127, 0.0254 / 127, 2.54 / 127]) {
      #expect(abs(Double(found) / wanted - 1) < 1e-6)
    }
    let byRow: [[Int64]] = [[64, -127, 33, 127], [0, 0, 0, 0], [100, -1, -127, 1]]
    let wanted = transB ? byRow.flatMap(\.self) : (0..<4).flatMap { k in byRow.map { $0[k] } }
    #expect(try Self.integers(result) == wanted)
  }

  /// No scale from seven tenths of the full one up errs less, but for the steps between those that are tried.
  @Test func searchedScalesErrLeast() throws {
    let result = try Self.quantize(transB: true, searchesScales: true)
    let scales = try #require(result.parameters["w"]).scales
    func error(_ row: [Float], _ scale: Double) -> Double {
      row.reduce(0) { sum, weight in
        let level = min(max((Double(weight) / scale).rounded(.toNearestOrEven), -127), 127)
        return sum + (level * scale - Double(weight)) * (level * scale - Double(weight))
      }
    }
    for row in [0, 2] {
      let full = Double(Self.rows[row].map { abs($0) }.max() ?? 0) / 127
      let tried = stride(from: 0.7, through: 1.0001, by: 0.02).map { error(Self.rows[row], full * $0) }
      #expect(error(Self.rows[row], Double(scales[row])) <= (tried.min() ?? 0) * 1.001 + 1e-12)
    }
  }

  @Test func perTensor() throws {
    let result = try Self.quantize(transB: true, isPerChannel: false)
    let parameters = try #require(result.parameters["w"])
    #expect(parameters.isPerTensor && abs(Double(parameters.scales[0]) - 0.02) < 1e-8)
    #expect(try Self.integers(result) == [25, -50, 13, 50, 0, 0, 0, 0, 100, -1, -127, 1])
  }

  @Test func alphaGoesIntoTheWeights() throws {
    let result = try Self.quantize(transB: true, alpha: -0.5)
    let parameters = try #require(result.parameters["w"])
    #expect(abs(Double(parameters.scales[0]) - 0.5 / 127) < 1e-9)
    #expect(try Array(Self.integers(result)[..<4]) == [-64, 127, -33, -127])
    let gemm = try #require(result.graph.nodes.compactMap { $0.op as? Gemm }.first)
    #expect(gemm.alpha == 1)
  }
}
