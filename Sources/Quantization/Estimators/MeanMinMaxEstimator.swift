/// The mean over samples of each sample's least and largest number: NNCF's default.
enum MeanMinMaxEstimator {
  static func range(_ statistics: TensorStatistics) -> ClosedRange<Double> {
    let count = Double(statistics.sampleCount)
    let lower = statistics.minima.reduce(0) { $0 + Double($1) } / max(count, 1)
    let upper = statistics.maxima.reduce(0) { $0 + Double($1) } / max(count, 1)
    return lower <= upper ? lower...upper : 0...0
  }
}
