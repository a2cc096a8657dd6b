/// The interval of a figure of pictures, found by drawing the pictures again and again.
///
/// Efron: Bootstrap Methods: Another Look at the Jackknife, The Annals of Statistics 1979; percentile interval.
public enum Bootstrap {
  private static let resampleCount = 500
  private static let leastResampleCount = 100
  private static let operationLimit = 200_000_000

  /// The interval of 95 %; nil for fewer than two pictures, where the figure has no value, or where it would take too long.
  ///
  /// - Parameters:
  ///   - count: the number of pictures.
  ///   - cost: about how many operations the figure takes.
  ///   - value: the figure where each picture counts so often.
  static func interval(count: Int, cost: Int, isCancelled: () -> Bool, value: ([Int]) -> Double?) -> Interval? {
    let resamples = min(resampleCount, operationLimit / max(cost, 1))
    guard count >= 2, resamples >= leastResampleCount else { return nil }
    var generator = SplitMix64(seed: 0)
    var values: [Double] = []
    for _ in 0..<resamples {
      if isCancelled() { return nil }
      var weights = [Int](repeating: 0, count: count)
      for _ in 0..<count { weights[Int.random(in: 0..<count, using: &generator)] += 1 }
      if let value = value(weights) { values.append(value) }
    }
    guard values.count >= leastResampleCount else { return nil }
    values.sort()
    func quantile(_ share: Double) -> Double { values[min(Int(share * Double(values.count)), values.count - 1)] }
    return Interval(lower: quantile(0.025), upper: quantile(0.975))
  }
}
