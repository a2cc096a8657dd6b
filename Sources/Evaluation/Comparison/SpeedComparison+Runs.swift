#if canImport(Glibc)
  import Glibc
#endif

extension SpeedComparison {
  /// Compares slices of two runs that were not measured in turns: Welch's interval of 95 % for the difference of the means of
  /// the logarithms.
  ///
  /// Welch: The generalization of Student's problem when several different population variances are involved, Biometrika
  /// 1947. Whatever changed between the runs besides the model, such as the machine's load, is part of the ratio.
  public init(before: [Double], after: [Double]) {
    let (first, second) = (Self.moments(before), Self.moments(after))
    guard let first, let second else {
      self.init(ratio: .nan, interval: nil)
      return
    }
    let difference = second.mean - first.mean
    let (a, b) = (first.variance / first.count, second.variance / second.count)
    guard first.count > 1, second.count > 1 else {
      self.init(ratio: exp(difference), interval: nil)
      return
    }
    let spread = a * a / (first.count - 1) + b * b / (second.count - 1)
    let freedom = spread > 0 ? (a + b) * (a + b) / spread : first.count + second.count - 2
    let half =
      StudentDistribution.quantile975(degreesOfFreedom: max(Int(freedom), 1)) * (a + b).squareRoot()
    self.init(
      ratio: exp(difference), interval: Interval(lower: exp(difference - half), upper: exp(difference + half)))
  }

  /// The number of positive values, and the mean and variance of their logarithms; nil where there are none.
  private static func moments(_ values: [Double]) -> (count: Double, mean: Double, variance: Double)? {
    let logarithms = values.filter { $0 > 0 && $0.isFinite }.map { log($0) }
    guard !logarithms.isEmpty else { return nil }
    let count = Double(logarithms.count)
    let mean = logarithms.reduce(0, +) / count
    let sum = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (count, mean, sum / max(count - 1, 1))
  }
}
