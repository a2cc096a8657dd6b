/// A range that holds the true value with some confidence.
public struct Interval: Sendable, Hashable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// Makes an interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Wilson's interval of 95 % for a proportion of which some successes among a number of trials were seen.
  ///
  /// Wilson: Probable inference, the law of succession, and statistical inference, JASA 1927. The whole range from 0 to
  /// 1 where there are no trials.
  public static func wilson(successes: Int, of trials: Int) -> Interval {
    guard trials > 0 else { return Interval(lower: 0, upper: 1) }
    let z = 1.959963984540054
    let count = Double(trials)
    let share = Double(successes) / count
    let denominator = 1 + z * z / count
    let centre = (share + z * z / (2 * count)) / denominator
    let half = z / denominator * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    return Interval(
      lower: successes == 0 ? 0 : max(centre - half, 0), upper: successes == trials ? 1 : min(centre + half, 1))
  }

  /// Student's interval of 95 % for the mean of a population of which these values were seen; nil for fewer than two, or where it has no
  /// finite ends.
  public static func ofMean(_ values: [Double]) -> Interval? {
    guard values.count >= 2 else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let half = StudentDistribution.quantile975(degreesOfFreedom: values.count - 1) * (variance / count).squareRoot()
    guard (mean - half).isFinite, (mean + half).isFinite else { return nil }
    return Interval(lower: mean - half, upper: mean + half)
  }
}
