/// The range that a small share of all numbers lies below, and as many above, read from the histogram.
enum QuantileEstimator {
  /// The share on either side.
  static let outlierShare = 1e-4

  static func range(_ statistics: TensorStatistics) -> ClosedRange<Double> {
    let full = MinMaxEstimator.range(statistics)
    let lower = max(statistics.histogram.quantile(outlierShare), full.lowerBound)
    let upper = min(statistics.histogram.quantile(1 - outlierShare), full.upperBound)
    return lower <= upper ? lower...upper : full
  }
}

extension Histogram {
  /// The number that a share of all numbers lies below, with numbers spread evenly within each bin.
  package func quantile(_ share: Double) -> Double {
    let wanted = share * Double(total)
    var below = 0.0
    for (bin, count) in counts.enumerated() {
      if bin == Self.binCount {
        below += Double(zeroCount)
        if below > wanted { return 0 }
      }
      let next = below + Double(count)
      if next > wanted, count > 0 {
        return center(bin) + ((wanted - below) / Double(count) - 0.5) * binWidth
      }
      below = next
    }
    return counts.lastIndex { $0 > 0 }.map { center($0) + 0.5 * binWidth } ?? 0
  }
}
