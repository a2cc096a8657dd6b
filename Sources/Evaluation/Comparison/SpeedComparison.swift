#if canImport(Glibc)
  import Glibc
#endif

/// How much faster one model is than another, from slices that were measured in turns.
public struct SpeedComparison: Sendable, Hashable {
  /// The outcome in one word.
  public enum Verdict: Sendable, Hashable {
    case faster, slower, same
  }

  /// The geometric mean over all turns of the throughput of the second model divided by that of the first.
  public let ratio: Double
  /// Student's 95 % interval of the ratio, on logarithms; nil for fewer than two turns.
  public let interval: Interval?

  init(ratio: Double, interval: Interval?) {
    self.ratio = ratio
    self.interval = interval
  }

  /// Compares slices pairwise; those without a partner are left out.
  public init(reference: [Double], optimized: [Double]) {
    let logarithms = zip(reference, optimized).filter { $0 > 0 && $1 > 0 }.map { log($1 / $0) }
    ratio = logarithms.isEmpty ? .nan : exp(logarithms.reduce(0, +) / Double(logarithms.count))
    interval = Interval.ofMean(logarithms).map { Interval(lower: exp($0.lower), upper: exp($0.upper)) }
  }

  /// Faster or slower only where the whole interval says so.
  public var verdict: Verdict {
    guard let interval else { return .same }
    return interval.lower > 1 ? .faster : interval.upper < 1 ? .slower : .same
  }
}
