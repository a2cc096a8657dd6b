/// The mean over samples of each sample's least and largest number: NNCF's default.
enum MeanMinMaxEstimator {
  static func range(_ statistics: TensorStatistics) -> ClosedRange<Double> {
    let count = Double(statistics.sampleCount)
    guard count > 0, statistics.minimumSum <= statistics.maximumSum else { return 0...0 }
    return statistics.minimumSum / count...statistics.maximumSum / count
  }
}
