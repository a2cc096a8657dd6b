import Documents
import Evaluation
import Reports
import Testing

@Suite("Benchmark report")
struct BenchmarkReportTests {
  private func measurement(_ model: String, streams: Int, fps: Double, ms: [Double]) -> BenchmarkMeasurement {
    BenchmarkMeasurement(
      model: model, precision: "FP32", configuration: .init(streams: streams, batch: 1, threads: 2), throughput: fps,
      latency: LatencyStatistics(seconds: ms.map { $0 / 1000 }), iterationCount: ms.count, sliceThroughputs: [fps])
  }

  @Test func dataHasTheKeysThatProgramsRead() throws {
    let report = BenchmarkReport([measurement("net", streams: 2, fps: 120.5, ms: [8])])
    #expect(
      report.data.json == """
        {"configurations": [{"model": "net", "precision": "FP32", "streams": 2, "batch": 1, "threads": 2, \
        "throughputFPS": 120.5, "latencyMilliseconds": {"median": 8.0, "p90": 8.0, "p99": 8.0}, "iterations": 1}]}
        """)
  }

  @Test func findsTheBestWithinALatencyLimit() {
    let measurements = [
      measurement("net", streams: 1, fps: 100, ms: [10]), measurement("net", streams: 2, fps: 150, ms: [14]),
    ]
    #expect(BenchmarkReport(measurements).best(of: "net")?.throughput == 150)
    #expect(BenchmarkReport(measurements, latencyLimit: 0.012).best(of: "net")?.throughput == 100)
    #expect(BenchmarkReport(measurements, latencyLimit: 0.005).best(of: "net") == nil)
    let text = BenchmarkReport(measurements, latencyLimit: 0.012).plainText
    #expect(text.contains("net: best within 12.0 ms is 1 stream, batch 1 with 100.00 FPS."))
  }

  @Test func aLimitFarAwayIsToldAndNotDrawn() throws {
    let measurements = (1...3).map { measurement("net", streams: $0, fps: 100, ms: [10]) }
    for (limit, isDrawn) in [(0.02, true), (0.2, false)] {
      let chart = try #require(BenchmarkReport(measurements, latencyLimit: limit).charts.first)
      guard case .lines(let plot) = chart.plot else {
        Issue.record("no lines")
        continue
      }
      #expect(plot.guides.isEmpty != isDrawn)
      #expect(chart.subtitle.contains("far to the right") != isDrawn)
    }
  }

  @Test func chartHasOneSeriesForEachModel() throws {
    let report = BenchmarkReport([
      measurement("a", streams: 1, fps: 1, ms: [1]), measurement("b", streams: 1, fps: 2, ms: [1]),
      measurement("a", streams: 2, fps: 3, ms: [1]), measurement("b", streams: 2, fps: 4, ms: [1]),
    ])
    guard case .bars(let plot)? = report.charts.first?.plot else {
      Issue.record("no bars")
      return
    }
    #expect(plot.series.map(\.name) == ["a", "b"])
    #expect(plot.series.map(\.values) == [[1, 3], [2, 4]])
    #expect(plot.categories == ["1 stream, batch 1", "2 streams, batch 1"])
  }
}
