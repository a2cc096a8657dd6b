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
  static let partialSumPixels = 64

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
    for block in ChannelBlock.blocks(of: channels) {
      let (low, high, sum) = Self.summarize(block, of: sample)
      for lane in 0..<block.count {
        let channel = block.first + lane
        guard sum[lane].isFinite, low[lane].isFinite, high[lane].isFinite else { return nil }
        least[channel] = low[lane]
        largest[channel] = high[lane]
        minima[channel] = min(minima[channel], low[lane])
        maxima[channel] = max(maxima[channel], high[lane])
        meanSums[channel] += sum[lane] / Double(sample.pixels)
      }
    }
    sampleCount += 1
    guard let smallest = least.min(), let greatest = largest.max() else { return nil }
    return (smallest, greatest)
  }

  private static func summarize(
    _ block: ChannelBlock, of sample: borrowing ObservedElements
  ) -> (least: SIMD8<Float>, largest: SIMD8<Float>, sum: SIMD8<Double>) {
    var least = SIMD8<Float>(repeating: .infinity)
    var largest = SIMD8<Float>(repeating: -.infinity)
    var sum = SIMD8<Double>(repeating: 0)
    for first in stride(from: 0, to: sample.pixels, by: partialSumPixels) {
      var partial = SIMD8<Float>(repeating: 0)
      for pixel in first..<min(first + partialSumPixels, sample.pixels) {
        let values = block.load(sample.elements, at: pixel * sample.stride)
        partial += values
        least.replace(with: values, where: values .< least)
        largest.replace(with: values, where: values .> largest)
      }
      sum += SIMD8<Double>(partial)
    }
    return (least, largest, sum)
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
