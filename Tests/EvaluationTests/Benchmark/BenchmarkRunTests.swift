import Evaluation
import Testing

@Suite("Benchmark runs")
struct BenchmarkRunTests {
  private func subject(_ name: String) throws -> BenchmarkSubject {
    BenchmarkSubject(name: name, precision: "FP32", plans: PlanCache(try SmallGraphs.classifier()))
  }

  @Test func measuresEveryModelInEveryConfiguration() throws {
    let configurations = [(1, 1), (2, 1), (1, 4)].map { BenchmarkConfiguration(streams: $0.0, batch: $0.1, threads: 2) }
    let run = BenchmarkRun(configurations: configurations, seconds: 0.02, sliceCount: 3)
    var parts: [Double] = []
    let measurements = try run.measure([subject("a"), subject("b")], progress: { parts.append($0) })
    #expect(measurements.map(\.model) == ["a", "b", "a", "b", "a", "b"])
    #expect(measurements.map(\.configuration) == configurations.flatMap { [$0, $0] })
    for measurement in measurements {
      #expect(measurement.sliceThroughputs.count == 3)
      #expect(measurement.iterationCount >= 3 * measurement.configuration.streams)
      #expect(measurement.throughput > 0)
      #expect(measurement.latency.count == measurement.iterationCount)
      #expect(
        measurement.latency.median <= measurement.latency.p90 && measurement.latency.p90 <= measurement.latency.p99)
    }
    #expect(parts.allSatisfy { (0...1).contains($0) })
    #expect(parts == parts.sorted())
  }

  @Test func endsWhenItIsInterrupted() throws {
    let run = BenchmarkRun(
      configurations: [BenchmarkConfiguration(streams: 2, batch: 1, threads: 2)], seconds: 3600)
    var asked = 0
    #expect(throws: CancellationError.self) {
      try run.measure(
        [subject("a")],
        isCancelled: {
          asked += 1
          return asked > 5
        })
    }
  }

  @Test(arguments: [(1, 4, 4), (2, 4, 2), (3, 4, 1), (8, 4, 1), (0, 0, 1)])
  func threadsAreShared(streams: Int, threads: Int, each: Int) {
    #expect(BenchmarkConfiguration(streams: streams, batch: 1, threads: threads).threadsPerStream == each)
  }
}
