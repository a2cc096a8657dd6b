/// The median over samples of each sample's least and largest number.
enum MedianMinMaxEstimator {
  static func range(_ statistics: TensorStatistics) -> ClosedRange<Double> {
    let (lower, upper) = (median(statistics.minima), median(statistics.maxima))
    return lower <= upper ? lower...upper : 0...0
  }

  private static func median(_ values: [Float]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (Double(sorted[middle - 1]) + Double(sorted[middle])) / 2 : Double(sorted[middle])
  }
}
