/// For each pixel of a resampled row or column, the source pixels that make it and how much each weighs.
///
/// The triangle filter is widened by the factor of a reduction, so that every source pixel counts (antialiasing). The
/// sums and the rounding are those of Pillow's `resize` for 8-bit samples: weights are scaled by 2^22 and rounded half
/// away from zero.
struct ResamplingWeights: Sendable {
  /// The binary digits after the point of a weight: 32, less the 8 of a sample and 2 to spare.
  static let fractionBits: Int32 = 22

  /// For each pixel, the first source pixel.
  let starts: [Int]
  /// For each pixel, how many source pixels there are, at least 1.
  let counts: [Int]
  /// For each pixel, room for `stride` weights, of which as many as there are source pixels are used.
  let weights: [Int32]
  let stride: Int

  /// The weights of the pixels `range` out of `targetCount` that replace `sourceCount`; both counts are at least 1.
  init(from sourceCount: Int, to targetCount: Int, range: Range<Int>) {
    let scale = Double(sourceCount) / Double(targetCount)
    let support = max(scale, 1)
    let inverse = 1 / support
    stride = Int(support.rounded(.up)) * 2 + 1
    var starts: [Int] = []
    var counts: [Int] = []
    var weights = [Int32](repeating: 0, count: range.count * stride)
    var exact = [Double](repeating: 0, count: stride)
    for (index, pixel) in range.enumerated() {
      let centre = (Double(pixel) + 0.5) * scale
      let start = max(Int(centre - support + 0.5), 0)
      let end = min(Int(centre + support + 0.5), sourceCount)
      var sum = 0.0
      for tap in 0..<end - start {
        let distance = (Double(tap + start) - centre + 0.5) * inverse
        let weight = max(1 - distance.magnitude, 0)
        exact[tap] = weight
        sum += weight
      }
      for tap in 0..<end - start {
        let share = sum == 0 ? exact[tap] : exact[tap] / sum
        weights[index * stride + tap] = Int32(0.5 + share * Double(1 << Self.fractionBits))
      }
      starts.append(start)
      counts.append(end - start)
    }
    self.starts = starts
    self.counts = counts
    self.weights = weights
  }

  /// The source pixels that any of the pixels needs.
  var sourceRange: Range<Int> {
    guard let first = starts.first, let last = starts.last, let count = counts.last else { return 0..<0 }
    return first..<last + count
  }
}
