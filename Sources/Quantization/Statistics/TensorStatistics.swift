import Inference

/// What was seen of one value over all samples: enough to choose its range and to correct biases.
///
/// A fold: samples are added, and statistics of other samples are merged. Sums are taken in the order of adding and
/// merging, everything else is exact.
struct TensorStatistics: Sendable, Codable {
  /// Least and largest number over all samples.
  private(set) var minimum = Float.infinity
  private(set) var maximum = -Float.infinity
  /// Each sample's least and largest number.
  private(set) var minima: [Float] = []
  private(set) var maxima: [Float] = []
  private(set) var histogram = Histogram()
  /// Least, largest and mean number of each channel.
  private(set) var channels = ChannelStatistics()

  var sampleCount: Int { channels.sampleCount }

  /// Elements of one sample that the histogram counts at most, so that large images take no longer than need be.
  private static let histogramElementCount = 1 << 14

  /// Adds one sample.
  ///
  /// - Returns: what its channels hold; nil if an element is not a finite number.
  mutating func add(_ sample: borrowing ObservedElements) -> ChannelSummary? {
    guard let summary = ChannelSummary(sample) else { return nil }
    channels.add(summary)
    let (least, largest) = (summary.least, summary.largest)
    minimum = min(minimum, least)
    maximum = max(maximum, largest)
    minima.append(least)
    maxima.append(largest)
    histogram.reserve(magnitude: max(abs(least), abs(largest)))
    // An odd step does not keep to columns of images, whose widths are mostly even.
    let elementCount = sample.pixels * sample.channels
    let step = elementCount > Self.histogramElementCount ? (elementCount / Self.histogramElementCount + 1) | 1 : 1
    for pixel in stride(from: 0, to: sample.pixels, by: step) {
      let start = pixel * sample.stride
      histogram.add(sample.elements.extracting(start..<start + sample.channels))
    }
    return summary
  }

  /// Adds what was seen of other samples.
  mutating func merge(_ other: TensorStatistics) {
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    minima += other.minima
    maxima += other.maxima
    histogram.merge(other.histogram)
    channels.merge(other.channels)
  }
}
