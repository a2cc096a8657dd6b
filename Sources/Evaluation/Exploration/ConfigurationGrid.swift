/// The streams and batches that are tried in all combinations.
public struct ConfigurationGrid: Sendable, Hashable {
  /// Inferences that run at the same time, ascending.
  public let streams: [Int]
  /// Images in one inference, ascending.
  public let batches: [Int]
  /// Threads that all streams share.
  public let threads: Int

  /// A grid; numbers below 1 are left out, and each counts once.
  public init(streams: [Int], batches: [Int], threads: Int) {
    self.streams = Set(streams.filter { $0 >= 1 }).sorted()
    self.batches = Set(batches.filter { $0 >= 1 }).sorted()
    self.threads = threads
  }

  /// How many combinations there are.
  public var count: Int { streams.count * batches.count }

  /// All combinations, batch by batch within each number of streams.
  public var configurations: [BenchmarkConfiguration] {
    streams.flatMap { streams in
      batches.map { BenchmarkConfiguration(streams: streams, batch: $0, threads: threads) }
    }
  }
}
