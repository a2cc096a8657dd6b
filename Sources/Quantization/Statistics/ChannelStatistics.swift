import Inference

/// Least, largest and mean number and mean square of each channel of a value over all samples.
struct ChannelStatistics: Sendable, Codable {
  private(set) var sampleCount = 0
  private(set) var minima: [Float] = []
  private(set) var maxima: [Float] = []
  /// Sums over samples of each sample's mean.
  private var meanSums: [Double] = []
  /// Sums over samples of each sample's mean square.
  private var squareSums: [Double] = []

  /// The mean of each channel, each sample with the same weight.
  var means: [Double] { meanSums.map { $0 / Double(max(sampleCount, 1)) } }

  /// The mean square of each channel, each sample with the same weight.
  var meanSquares: [Double] { squareSums.map { $0 / Double(max(sampleCount, 1)) } }

  /// Adds one sample; all samples have as many channels.
  mutating func add(_ sample: ChannelSummary) {
    let channels = sample.minima.count
    if meanSums.isEmpty {
      minima = .init(repeating: .infinity, count: channels)
      maxima = .init(repeating: -.infinity, count: channels)
      meanSums = .init(repeating: 0, count: channels)
      squareSums = .init(repeating: 0, count: channels)
    }
    for channel in 0..<min(channels, meanSums.count) {
      minima[channel] = min(minima[channel], sample.minima[channel])
      maxima[channel] = max(maxima[channel], sample.maxima[channel])
      meanSums[channel] += sample.means[channel]
      squareSums[channel] += sample.meanSquares[channel]
    }
    sampleCount += 1
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
      squareSums[channel] += other.squareSums[channel]
    }
  }
}
