import Evaluation
import Testing

@Suite("Intervals")
struct IntervalTests {
  /// Bounds from statsmodels' `proportion_confint(method="wilson")`.
  @Test(arguments: [
    (236, 240, 0.957937818111658, 0.9935000592781684), (0, 10, 0.0, 0.27753279986288926),
    (10, 10, 0.7224672001371106, 1.0), (1, 3, 0.06149194472039626, 0.7923403991979523),
    (97, 100, 0.9154806357094724, 0.9897454759759611),
  ])
  func wilson(successes: Int, trials: Int, lower: Double, upper: Double) {
    let interval = Interval.wilson(successes: successes, of: trials)
    #expect(abs(interval.lower - lower) < 1e-12)
    #expect(abs(interval.upper - upper) < 1e-12)
  }

  @Test func wilsonWithoutTrialsIsEverything() {
    #expect(Interval.wilson(successes: 0, of: 0) == Interval(lower: 0, upper: 1))
  }

  /// Bounds from SciPy's `t.ppf(0.975, n - 1)`.
  @Test(
    arguments: [
      ([1, 2, 3, 4], 0.4457397432394794, 4.554260256760521), ([0.5, 0.7], -0.6706204736174691, 1.870620473617469),
      ((0..<40).map(Double.init), 15.761212085024908, 23.23878791497509),
    ] as [([Double], Double, Double)])
  func mean(values: [Double], lower: Double, upper: Double) throws {
    let interval = try #require(Interval.ofMean(values))
    #expect(abs(interval.lower - lower) < 1e-4)
    #expect(abs(interval.upper - upper) < 1e-4)
  }

  @Test func meanOfOneValueHasNoInterval() {
    #expect(Interval.ofMean([1]) == nil)
  }

  /// The geometric mean and its interval from NumPy and SciPy.
  @Test func ratioOfPairs() throws {
    let speed = SpeedComparison(reference: [3.0, 3.1, 2.9, 3.2], optimized: [6.3, 6.0, 6.1, 6.6])
    let interval = try #require(speed.interval)
    #expect(abs(speed.ratio - 2.0491967640843116) < 1e-12)
    #expect(abs(interval.lower - 1.9256228104855817) < 1e-5)
    #expect(abs(interval.upper - 2.180700890676874) < 1e-5)
    #expect(speed.verdict == .faster)
    #expect(SpeedComparison(reference: [6, 6.1, 5.9], optimized: [3, 3.1, 3]).verdict == .slower)
    #expect(SpeedComparison(reference: [3, 3.3, 2.9], optimized: [3.1, 3, 3]).verdict == .same)
    #expect(SpeedComparison(reference: [3], optimized: [6]).verdict == .same)
  }

  /// Nearest rank: the ceil(p * n)-th smallest.
  @Test(
    arguments: [
      ([0.1], 0.1, 0.1, 0.1), ((1...10).reversed().map(Double.init), 5, 9, 10),
      ((1...200).map(Double.init), 100, 180, 198),
      ([3, 1, 2], 2, 3, 3), ([], 0, 0, 0),
    ] as [([Double], Double, Double, Double)])
  func percentiles(seconds: [Double], median: Double, p90: Double, p99: Double) {
    let statistics = LatencyStatistics(seconds: seconds)
    #expect([statistics.median, statistics.p90, statistics.p99] == [median, p90, p99])
    #expect(statistics.count == seconds.count)
  }
}
