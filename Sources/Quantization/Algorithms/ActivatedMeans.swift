import Graphs
import Inference

/// The mean of each channel of a layer's output after its activation, computed from the output before it, and how much
/// of the output the activation lets through.
struct ActivatedMeans: Sendable {
  private let lower: Float
  private let upper: Float
  private(set) var sampleCount = 0
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
    let found = sample.channelSums(clampedTo: lower, upper)
    guard found.sums.allSatisfy(\.isFinite) else { return false }
    for channel in 0..<channels {
      sums[channel] += found.sums[channel] / Double(sample.pixels)
      activeShares[channel] += found.insideCounts[channel] / Double(sample.pixels)
    }
    sampleCount += 1
    return true
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
  static let ridge = 0.02

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
