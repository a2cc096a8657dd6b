/// How inferences run side by side in a measurement.
public struct BenchmarkConfiguration: Sendable, Hashable {
  /// How many inferences run at the same time.
  public let streams: Int
  /// How many samples each of them has.
  public let batch: Int
  /// How many threads all of them share.
  public let threads: Int

  /// Makes a configuration; each number is at least 1.
  public init(streams: Int, batch: Int, threads: Int) {
    self.streams = max(streams, 1)
    self.batch = max(batch, 1)
    self.threads = max(threads, 1)
  }

  /// The threads of one stream.
  public var threadsPerStream: Int { max(threads / streams, 1) }
}
