/// The mean over samples of each sample's least and largest number, without the samples whose number is among the
/// hundredth part at either end (NNCF's aggregator MEAN_NO_OUTLIERS).
enum NoOutliersEstimator {
  /// The share of samples that is left out on either side.
  static let outlierShare = 0.01

  static func range(_ statistics: TensorStatistics) -> ClosedRange<Double> {
    let (lower, upper) = (mean(statistics.minima), mean(statistics.maxima))
    return lower <= upper ? lower...upper : 0...0
  }

  private static func mean(_ values: [Float]) -> Double {
    let sorted = values.map(Double.init).sorted()
    guard !sorted.isEmpty else { return 0 }
    let (low, high) = (quantile(sorted, outlierShare), quantile(sorted, 1 - outlierShare))
    let kept = sorted.filter { $0 >= low && $0 <= high }
    return kept.isEmpty ? sorted[sorted.count / 2] : kept.reduce(0, +) / Double(kept.count)
  }

  /// With linear interpolation between neighbours.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let index = min(Int(place), sorted.count - 1)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (sorted[next] - sorted[index]) * (place - Double(index))
  }
}
