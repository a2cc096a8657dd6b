/// The least and the largest number of all samples.
enum MinMaxEstimator {
  static func range(_ statistics: TensorStatistics) -> ClosedRange<Double> {
    let (lower, upper) = (Double(statistics.minimum), Double(statistics.maximum))
    return lower <= upper ? lower...upper : 0...0
  }
}
