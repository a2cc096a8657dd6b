import Inference

/// Least, largest and mean number and mean square of each channel of one sample of a value.
struct ChannelSummary: Sendable {
  private(set) var minima: [Float]
  private(set) var maxima: [Float]
  private(set) var means: [Double]
  private(set) var meanSquares: [Double]
  /// The least and the largest number of all channels.
  private(set) var least = Float.infinity
  private(set) var largest = -Float.infinity

  private struct Sums {
    var least = SIMD8<Float>(repeating: .infinity)
    var largest = SIMD8<Float>(repeating: -.infinity)
    var sum = SIMD8<Double>(repeating: 0)
    var squares = SIMD8<Double>(repeating: 0)
  }

  /// Looks at a sample.
  ///
  /// - Returns: nil if an element is not a finite number, or there are none.
  init?(_ sample: borrowing ObservedElements) {
    let channels = sample.channels
    guard channels > 0, sample.pixels > 0 else { return nil }
    let blocks = ChannelBlock.blocks(of: channels)
    var all = [Sums](repeating: Sums(), count: blocks.count)
    // A tile of pixels at a time, so that it is read from memory once for all blocks.
    for first in stride(from: 0, to: sample.pixels, by: ChannelStatistics.partialSumPixels) {
      let last = min(first + ChannelStatistics.partialSumPixels, sample.pixels)
      for (index, block) in blocks.enumerated() { Self.add(first..<last, block, of: sample, to: &all[index]) }
    }
    minima = .init(repeating: 0, count: channels)
    maxima = minima
    means = .init(repeating: 0, count: channels)
    meanSquares = means
    for (block, sums) in zip(blocks, all) {
      for lane in 0..<block.count {
        guard sums.sum[lane].isFinite, sums.least[lane].isFinite, sums.largest[lane].isFinite else { return nil }
        minima[block.first + lane] = sums.least[lane]
        maxima[block.first + lane] = sums.largest[lane]
        means[block.first + lane] = sums.sum[lane] / Double(sample.pixels)
        meanSquares[block.first + lane] = sums.squares[lane] / Double(sample.pixels)
        least = min(least, sums.least[lane])
        largest = max(largest, sums.largest[lane])
      }
    }
  }

  @inline(__always)
  private static func add(
    _ pixels: Range<Int>, _ block: ChannelBlock, of sample: borrowing ObservedElements, to sums: inout Sums
  ) {
    var partial = SIMD8<Float>(repeating: 0)
    var squares = SIMD8<Float>(repeating: 0)
    var (least, largest) = (sums.least, sums.largest)
    for pixel in pixels {
      let values = block.load(sample.elements, at: pixel * sample.stride)
      partial += values
      squares += values * values
      least.replace(with: values, where: values .< least)
      largest.replace(with: values, where: values .> largest)
    }
    sums.least = least
    sums.largest = largest
    sums.sum += SIMD8<Double>(partial)
    sums.squares += SIMD8<Double>(squares)
  }
}
