import Inference

/// Least, largest and mean number of each channel of a value over all samples.
struct ChannelStatistics: Sendable {
  private(set) var sampleCount = 0
  private(set) var minima: [Float] = []
  private(set) var maxima: [Float] = []
  /// Sums over samples of each sample's mean.
  private var meanSums: [Double] = []

  /// The mean of each channel, each sample with the same weight.
  var means: [Double] { meanSums.map { $0 / Double(max(sampleCount, 1)) } }

  /// Pixels that are summed in single precision before the sum goes on in double precision.
  private static let partialSumPixels = 64

  /// Adds one sample.
  ///
  /// - Returns: the sample's least and largest number; nil if an element is not a finite number, or there are none.
  mutating func add(_ sample: borrowing ObservedElements) -> (least: Float, largest: Float)? {
    let channels = sample.channels
    guard channels > 0, sample.pixels > 0 else { return nil }
    if meanSums.isEmpty {
      minima = .init(repeating: .infinity, count: channels)
      maxima = .init(repeating: -.infinity, count: channels)
      meanSums = .init(repeating: 0, count: channels)
    }
    var least = [Float](repeating: .infinity, count: channels)
    var largest = [Float](repeating: -.infinity, count: channels)
    var sums = [Double](repeating: 0, count: channels)
    var partial = [Float](repeating: 0, count: channels)
    for first in stride(from: 0, to: sample.pixels, by: Self.partialSumPixels) {
      for pixel in first..<min(first + Self.partialSumPixels, sample.pixels) {
        let start = pixel * sample.stride
        for channel in 0..<channels {
          let value = sample.elements[start + channel]
          partial[channel] += value
          least[channel] = value < least[channel] ? value : least[channel]
          largest[channel] = value > largest[channel] ? value : largest[channel]
        }
      }
      for channel in 0..<channels {
        sums[channel] += Double(partial[channel])
        partial[channel] = 0
      }
    }
    for channel in 0..<channels {
      guard sums[channel].isFinite, least[channel].isFinite, largest[channel].isFinite else { return nil }
      minima[channel] = min(minima[channel], least[channel])
      maxima[channel] = max(maxima[channel], largest[channel])
      meanSums[channel] += sums[channel] / Double(sample.pixels)
    }
    sampleCount += 1
    guard let smallest = least.min(), let greatest = largest.max() else { return nil }
    return (smallest, greatest)
  }

  /// Adds what was seen of other samples.
  mutating func merge(_ other: ChannelStatistics) {
    guard other.sampleCount > 0 else { return }
    guard sampleCount > 0 else {
      self = other
      return
    }
    sampleCount += other.sampleCount
    for channel in meanSums.indices {
      minima[channel] = min(minima[channel], other.minima[channel])
      maxima[channel] = max(maxima[channel], other.maxima[channel])
      meanSums[channel] += other.meanSums[channel]
    }
  }
}
