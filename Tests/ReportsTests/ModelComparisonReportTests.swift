import Documents
import Evaluation
import Reports
import Testing

@Suite("Comparison of models")
struct ModelComparisonReportTests {
  private func report(_ reference: [Double], _ optimized: [Double]) -> ModelComparisonReport {
    func side(_ name: String, _ precision: String, bytes: Int) -> ModelComparisonReport.Side {
      .init(
        name: name,
        measurement: BenchmarkMeasurement(
          model: name, precision: precision, configuration: .init(streams: 1, batch: 1, threads: 2), throughput: 100,
          latency: LatencyStatistics(seconds: [0.01]), iterationCount: 1, sliceThroughputs: []),
        weightByteCount: bytes, arenaByteCount: bytes,
        layers: [.init(operation: "Conv", precision: precision, seconds: 0.001)])
    }
    return ModelComparisonReport(
      reference: side("net", "FP32", bytes: 4000), optimized: side("net_int8", "INT8", bytes: 1000),
      speed: SpeedComparison(reference: reference, optimized: optimized))
  }

  @Test(
    arguments: [
      ([10, 10, 10], [23, 23, 23], "net_int8 is 2.30x faster than net (95 % interval 2.30x to 2.30x)."),
      ([10, 10], [5, 5], "net_int8 is not faster than net: it is 2.00x slower (95 % interval 2.00x to 2.00x)."),
      ([10, 12, 11], [11, 11, 11.5], "net_int8 is not faster than net: 1.02x (95 % interval 0.81x to 1.29x)."),
      ([10], [20], "net_int8 is not faster than net: 2.00x; too few measurements for an interval."),
    ] as [([Double], [Double], String)])
  func saysWhatIsCertain(reference: [Double], optimized: [Double], sentence: String) {
    #expect(report(reference, optimized).sentence == sentence)
  }

  @Test func setsPrecisionsAndLayerTypesSideBySide() throws {
    let tables = report([1, 1], [2, 2]).document.tables
    let overview = try #require(tables.first)
    let size = overview.rows.first { $0.cells.first == .text("Size of weights") }
    #expect(size?.cells == [.text("Size of weights"), .text("4.00 kB"), .text("1.00 kB"), .text("0.25x")])
    #expect(
      tables.last?.rows.map { Array($0.cells.prefix(2)) } == [
        [.text("Conv"), .text("FP32")], [.text("Conv"), .text("INT8")],
      ])
  }
}
