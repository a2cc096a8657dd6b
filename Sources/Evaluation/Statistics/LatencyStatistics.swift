/// Exact percentiles of measured times.
public struct LatencyStatistics: Sendable, Hashable {
  /// How many times were measured.
  public let count: Int
  /// Half of the times are at most this many seconds.
  public let median: Double
  /// Nine tenths of the times are at most this many seconds.
  public let p90: Double
  /// 99 % of the times are at most this many seconds.
  public let p99: Double

  /// Percentiles by the nearest-rank definition: the smallest time that at least the given part of all does not exceed.
  ///
  /// All are 0 where there are no times.
  public init(seconds: [Double]) {
    let sorted = seconds.sorted()
    count = sorted.count
    func percentile(_ percent: Int) -> Double {
      guard !sorted.isEmpty else { return 0 }
      let rank = (sorted.count * percent + 99) / 100
      return sorted[min(max(rank, 1), sorted.count) - 1]
    }
    median = percentile(50)
    p90 = percentile(90)
    p99 = percentile(99)
  }
}
