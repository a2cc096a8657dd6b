import CMicrokernels
import Testing

/// Extrema, sums and counts of channels over pixels.
@Suite struct ChannelSumTests {
  @Test(arguments: Array(1...40) + [64, 100, 130]) func `all instruction sets agree with the definition`(channels: Int) {
    var random = SeededGenerator(seed: channels)
    let (pixels, width) = (random.integer(1...200), channels + random.integer(0...5))
    var floats = random.floats((pixels - 1) * width + channels, -9...9)
    // Bounds themselves do not lie between the bounds.
    for index in stride(from: 0, to: floats.count, by: 7) { floats[index] = [0, 6, -0.0][index % 3] }
    for (lower, upper) in [(-Float.infinity, Float.infinity), (0, .infinity), (0, 6), (-1.5, 2.25)] {
      var sums = [Double](repeating: 0, count: channels)
      var squares = sums
      for channel in 0..<channels {
        for first in stride(from: 0, to: pixels, by: 64) {
          var (sum, square): (Float, Float) = (0, 0)
          for pixel in first..<min(first + 64, pixels) {
            let clamped = min(max(floats[pixel * width + channel], lower), upper)
            sum += clamped
            square.addProduct(clamped, clamped)
          }
          sums[channel] += Double(sum)
          squares[channel] += Double(square)
        }
      }
      func column(_ channel: Int) -> [Float] { (0..<pixels).map { floats[$0 * width + channel] } }
      let inside = (0..<channels).map { channel in Double(column(channel).count { $0 > lower && $0 < upper }) }
      for unsafe functions in unsafe KernelTables.vectors {
        let isa = unsafe functions.pointee.isa
        let input = GuardedBuffer(floats)
        let extrema = (0..<2).map { _ in GuardedBuffer(repeating: Float(7), count: channels) }
        let found = (0..<3).map { _ in GuardedBuffer(repeating: 7.0, count: channels) }
        var out = unsafe mk_channel_sums(
          least: extrema[0].pointer, greatest: extrema[1].pointer, sum: found[0].pointer, squares: found[1].pointer,
          inside: found[2].pointer)
        unsafe functions.pointee.sum_channels_f32(pixels, channels, width, input.pointer, lower, upper, &out)
        #expect(extrema[0].elements == (0..<channels).map { column($0).min() ?? 0 }, "\(isa)")
        #expect(extrema[1].elements == (0..<channels).map { column($0).max() ?? 0 }, "\(isa)")
        #expect(found[0].elements == sums, "\(isa)")
        #expect(found[1].elements == squares, "\(isa)")
        #expect(found[2].elements == inside, "\(isa)")
      }
    }
  }

  @Test func `a sum is not a number where an element is none`() {
    for unsafe functions in unsafe KernelTables.vectors {
      let input = GuardedBuffer([1, Float.nan, 3, 4])
      let extrema = (0..<2).map { _ in GuardedBuffer(repeating: Float(7), count: 2) }
      let found = (0..<3).map { _ in GuardedBuffer(repeating: 7.0, count: 2) }
      var out = unsafe mk_channel_sums(
        least: extrema[0].pointer, greatest: extrema[1].pointer, sum: found[0].pointer, squares: found[1].pointer,
        inside: found[2].pointer)
      unsafe functions.pointee.sum_channels_f32(2, 2, 2, input.pointer, 0, 6, &out)
      #expect(found[0].elements[0] == 4 && found[0].elements[1].isNaN)
      #expect(extrema[0].elements == [1, 4] && extrema[1].elements == [3, 4])
    }
  }
}
