import Graphs
import Inference

/// The mean of each channel of a layer's output after its activation, computed from the output before it, and how much
/// of the output the activation lets through.
struct ActivatedMeans: Sendable {
  private let lower: Float
  private let upper: Float
  private(set) var sampleCount = 0
  private static let partialSumPixels = ChannelStatistics.partialSumPixels
  /// Sums over samples of each sample's mean.
  private var sums: [Double] = []
  /// Sums over samples of the share of outputs that lie between the activation's bounds.
  private var activeShares: [Double] = []

  init(_ activation: Activation) {
    lower = activation.bounds.lower ?? -.infinity
    upper = activation.bounds.upper ?? .infinity
  }

  /// Adds one sample of outputs before the activation.
  ///
  /// - Returns: false if one of them is not a finite number.
  mutating func add(_ sample: borrowing ObservedElements) -> Bool {
    let channels = sample.channels
    guard channels > 0, sample.pixels > 0 else { return false }
    if sums.isEmpty {
      sums = .init(repeating: 0, count: channels)
      activeShares = .init(repeating: 0, count: channels)
    }
    for block in ChannelBlock.blocks(of: channels) {
      let (sum, active) = summarize(block, of: sample)
      for lane in 0..<block.count {
        guard sum[lane].isFinite else { return false }
        sums[block.first + lane] += sum[lane] / Double(sample.pixels)
        activeShares[block.first + lane] += Double(active[lane]) / Double(sample.pixels)
      }
    }
    sampleCount += 1
    return true
  }

  private func summarize(
    _ block: ChannelBlock, of sample: borrowing ObservedElements
  ) -> (sum: SIMD8<Double>, active: SIMD8<Float>) {
    var sum = SIMD8<Double>(repeating: 0)
    var active = SIMD8<Float>(repeating: 0)
    for first in stride(from: 0, to: sample.pixels, by: Self.partialSumPixels) {
      var partial = SIMD8<Float>(repeating: 0)
      for pixel in first..<min(first + Self.partialSumPixels, sample.pixels) {
        var values = block.load(sample.elements, at: pixel * sample.stride)
        let isLow = values .<= lower
        let isHigh = values .>= upper
        active += SIMD8(repeating: 1).replacing(with: 0, where: isLow .| isHigh)
        values.replace(with: lower, where: isLow)
        values.replace(with: upper, where: isHigh)
        partial += values
      }
      sum += SIMD8<Double>(partial)
    }
    return (sum, active)
  }

  /// Adds what was seen of other samples.
  mutating func merge(_ other: ActivatedMeans) {
    guard other.sampleCount > 0 else { return }
    guard sampleCount > 0 else {
      self = other
      return
    }
    sampleCount += other.sampleCount
    for channel in sums.indices {
      sums[channel] += other.sums[channel]
      activeShares[channel] += other.activeShares[channel]
    }
  }

  /// How strongly a shift is held back.
  static let ridge = 0.05

  /// What to add to each channel's bias so that the means come nearer to those wanted.
  ///
  /// With d the difference of the means and p the share of outputs that the activation lets through, d / p would be the
  /// Newton step of making the means equal. The step d * p / (p^2 + ridge) is that of the least squares of what is left
  /// and of the shift itself: a channel that is seldom active is hardly shifted, for its few active outputs say little,
  /// and the others at most in part, for a part of d is clipping of outliers, which a shift cannot mend.
  func shifts(to wanted: [Double]) -> [Double] {
    let count = Double(max(sampleCount, 1))
    return zip(wanted, sums.indices).map { wanted, channel in
      let share = activeShares[channel] / count
      return (wanted - sums[channel] / count) * share / (share * share + Self.ridge)
    }
  }
}
