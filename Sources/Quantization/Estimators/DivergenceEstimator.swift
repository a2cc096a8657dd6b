#if canImport(Glibc)
  import Glibc
#endif

/// The bound at which the distribution of magnitudes, once cut off there and given 128 levels, has the least
/// Kullback-Leibler divergence from what it was (the calibration of TensorRT).
enum DivergenceEstimator {
  private static let levelCount = 128

  static func range(_ statistics: TensorStatistics) -> ClosedRange<Double> {
    let full = MinMaxEstimator.range(statistics)
    let bins = statistics.histogram.magnitudeCounts
    guard let last = bins.lastIndex(where: { $0 > 0 }), last >= levelCount else { return full }
    var best = (count: last + 1, divergence: Double.infinity)
    for count in levelCount...last + 1 {
      let divergence = divergence(bins, cutAt: count)
      if divergence < best.divergence { best = (count, divergence) }
    }
    let bound = Double(best.count) * statistics.histogram.binWidth
    return max(full.lowerBound, -bound)...max(min(full.upperBound, bound), max(full.lowerBound, -bound))
  }

  /// The divergence of the first bins, with all beyond in the last of them, from the same in 128 equal parts.
  private static func divergence(_ bins: [Double], cutAt count: Int) -> Double {
    let beyond = bins[count...].reduce(0, +)
    var sum = beyond
    for bin in 0..<count { sum += bins[bin] }
    guard sum > 0 else { return .infinity }
    let kept = sum - beyond
    var divergence = 0.0
    for level in 0..<levelCount {
      let (start, end) = (level * count / levelCount, (level + 1) * count / levelCount)
      var (mass, filled) = (0.0, 0.0)
      for bin in start..<end where bins[bin] > 0 {
        mass += bins[bin]
        filled += 1
      }
      for bin in start..<end {
        let given = (bins[bin] + (bin == count - 1 ? beyond : 0)) / sum
        guard given > 0 else { continue }
        let levelled = bins[bin] > 0 && kept > 0 ? mass / filled / kept : 1e-9
        divergence += given * log(given / levelled)
      }
    }
    return divergence
  }
}

extension Histogram {
  /// How often each magnitude was met, from 0 up; zeros are not counted.
  fileprivate var magnitudeCounts: [Double] {
    guard !counts.isEmpty else { return [] }
    return (0..<Self.binCount).map { Double(counts[Self.binCount + $0] + counts[Self.binCount - 1 - $0]) }
  }
}
