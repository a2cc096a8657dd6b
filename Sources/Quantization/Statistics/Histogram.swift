/// How often numbers of each magnitude and sign were met, in bins of one width that is a power of two.
///
/// The width is the least with which 2048 bins reach the largest magnitude. When a larger one comes, pairs of bins become
/// one. So what a histogram holds depends on the numbers alone: not on their order, nor on how they were divided among
/// histograms that were merged.
package struct Histogram: Sendable, Equatable, Codable {
  /// Bins for each sign.
  package static let binCount = 2048

  /// The binary logarithm of the least width, whose inverse is still a float.
  private static let leastExponent = -120

  /// A histogram of nothing.
  package init() {}

  /// Numbers that are exactly 0.
  package private(set) var zeroCount = 0
  /// The negative numbers from the largest magnitude on, then the positive ones from the smallest on; empty as long as
  /// only zeros were met.
  package private(set) var counts: [Int] = []
  /// The binary logarithm of the bins' width.
  package private(set) var exponent = 0

  /// How many numbers were met.
  package var total: Int { counts.reduce(zeroCount, +) }

  /// The width of a bin.
  package var binWidth: Double { Self.powerOfTwo(exponent) }

  /// The number in the middle of a bin.
  package func center(_ bin: Int) -> Double { (Double(bin - Self.binCount) + 0.5) * binWidth }

  /// Makes room for magnitudes up to one.
  package mutating func reserve(magnitude: Float) {
    guard magnitude > 0, magnitude.isFinite else { return }
    grow(to: max(Int(magnitude.exponent) + 1 - Self.binCount.trailingZeroBitCount, Self.leastExponent))
  }

  /// Counts numbers, whose magnitudes must have been reserved.
  package mutating func add(_ values: Span<Float>) {
    guard !counts.isEmpty else {
      zeroCount += values.count
      return
    }
    let inverseWidth = Float(Self.powerOfTwo(-exponent))
    var zeros = 0
    var bins = counts.mutableSpan
    for index in values.indices {
      let value = values[index]
      let offset = Int(min(abs(value) * inverseWidth, Float(Self.binCount - 1)))
      bins[value < 0 ? Self.binCount - 1 - offset : Self.binCount + offset] += 1
      zeros += value == 0 ? 1 : 0
    }
    // Zeros went to the first positive bin, without a branch that is hard to foresee.
    bins[Self.binCount] -= zeros
    zeroCount += zeros
  }

  /// Adds what another histogram counted.
  package mutating func merge(_ other: Histogram) {
    zeroCount += other.zeroCount
    guard !other.counts.isEmpty else { return }
    grow(to: other.exponent)
    var other = other
    other.grow(to: exponent)
    for bin in counts.indices { counts[bin] += other.counts[bin] }
  }

  private mutating func grow(to wanted: Int) {
    if counts.isEmpty {
      counts = [Int](repeating: 0, count: 2 * Self.binCount)
      exponent = wanted
    }
    while exponent < wanted {
      var folded = [Int](repeating: 0, count: counts.count)
      let shift = min(wanted - exponent, Self.binCount.trailingZeroBitCount)
      for (bin, count) in counts.enumerated() where count > 0 {
        let offset = bin < Self.binCount ? Self.binCount - 1 - bin : bin - Self.binCount
        let moved = offset >> shift
        folded[bin < Self.binCount ? Self.binCount - 1 - moved : Self.binCount + moved] += count
      }
      counts = folded
      exponent += shift
    }
  }

  private static func powerOfTwo(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }
}
