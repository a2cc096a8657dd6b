import Inference

/// Least, largest and mean number and mean square of each channel of one sample of a value.
struct ChannelSummary: Sendable {
  let minima: [Float]
  let maxima: [Float]
  let means: [Double]
  let meanSquares: [Double]
  /// The least and the largest number of all channels.
  let least: Float
  let largest: Float

  /// Looks at a sample.
  ///
  /// - Returns: nil if an element is not a finite number, or there are none.
  init?(_ sample: borrowing ObservedElements) {
    guard sample.channels > 0, sample.pixels > 0 else { return nil }
    let found = sample.channelSums()
    guard let least = found.least.min(), let largest = found.largest.max(), least.isFinite, largest.isFinite,
      found.sums.allSatisfy(\.isFinite)
    else { return nil }
    (minima, maxima, self.least, self.largest) = (found.least, found.largest, least, largest)
    let count = Double(sample.pixels)
    means = found.sums.map { $0 / count }
    meanSquares = found.squares.map { $0 / count }
  }
}
