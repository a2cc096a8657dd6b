import Tensors

/// The range whose rounding and clipping errors on the histogram have the least sum of squares.
///
/// Each bound is tried at fractions of the bound of all numbers, from the whole down; of equally good ones the widest is
/// taken.
enum SquaredErrorEstimator {
  private static let fractions = (30...100).reversed().map { Double($0) / 100 }
  /// How often lower and upper bound are chosen in turn.
  private static let roundCount = 2

  static func range(
    _ statistics: TensorStatistics, _ scheme: ActivationScheme
  ) throws(TensorError) -> ClosedRange<Double> {
    let full = MinMaxEstimator.range(statistics)
    let (lower, upper) = (full.lowerBound, full.upperBound)
    guard lower < 0, case let bins = Bins(statistics.histogram), !bins.centers.isEmpty else {
      return try best(lower, Bins(statistics.histogram), scheme) { lower...max(upper * $0, lower) } ?? full
    }
    if case .symmetric = scheme {
      return try best(lower, bins, scheme) { lower * $0...upper * $0 } ?? full
    }
    var range = full.lowerBound...max(full.upperBound, 0)
    for _ in 0..<roundCount {
      if upper > 0 { range = try best(lower, bins, scheme) { range.lowerBound...upper * $0 } ?? range }
      range = try best(lower, bins, scheme) { min(lower * $0, range.upperBound)...range.upperBound } ?? range
    }
    return range
  }

  private static func best(
    _ lower: Double, _ bins: Bins, _ scheme: ActivationScheme, _ candidate: (Double) -> ClosedRange<Double>
  ) throws(TensorError) -> ClosedRange<Double>? {
    var best: (range: ClosedRange<Double>, error: Double)?
    for fraction in fractions {
      let range = candidate(fraction)
      let error = bins.squaredError(try scheme.parameters(range))
      if error < best?.error ?? .infinity { best = (range, error) }
    }
    return best?.range
  }

  /// The bins that hold something.
  private struct Bins {
    var centers: [Double] = []
    var counts: [Double] = []

    init(_ histogram: Histogram) {
      for (bin, count) in histogram.counts.enumerated() where count > 0 {
        centers.append(histogram.center(bin))
        counts.append(Double(count))
      }
    }

    func squaredError(_ parameters: QuantizationParameters) -> Double {
      let scale = Double(parameters.scales[0])
      let (lowest, highest) = (Double(-parameters.zeroPoints[0]), Double(255 - parameters.zeroPoints[0]))
      var sum = 0.0
      for index in centers.indices {
        let level = (centers[index] / scale).rounded(.toNearestOrEven)
        let error = centers[index] - min(max(level, lowest), highest) * scale
        sum += counts[index] * error * error
      }
      return sum
    }
  }
}
