import Tensors

/// Some rows of a layer's input, evenly spread over samples and places.
struct RowSample {
  let rows: InputRows
  /// The layer's input for each sample, uint8 with the channels last.
  let stored: [Tensor]
  /// What stands for 0 in the padding.
  let padding: UInt8
  /// How many rows of each sample are taken.
  private let perSample: Int
  /// How many rows there are.
  var count: Int { perSample * stored.count }

  /// - Returns: nil if there are too few rows to say anything.
  init?(_ rows: InputRows, stored: [Tensor], padding: UInt8, wanted: Int) {
    guard !stored.isEmpty, stored.count * rows.countPerSample >= 2 * rows.width else { return nil }
    self.rows = rows
    self.stored = stored
    self.padding = padding
    perSample = min((wanted + stored.count - 1) / stored.count, rows.countPerSample)
  }

  /// Rows whose pixels are looked up together.
  private static let blockSize = 32

  /// The integers of some channels as columns: for each channel each tap, for each of these all rows.
  ///
  /// - Parameter offset: what is taken off each.
  func columns<Integer: FixedWidthInteger>(
    of channels: Range<Int>, as type: Integer.Type, minus offset: Integer
  ) -> [Integer] {
    let (taps, count) = (rows.taps, count)
    var columns = [Integer](
      repeating: Integer(truncatingIfNeeded: padding) &- offset, count: channels.count * taps * count)
    var target = columns.mutableSpan
    var pixels = [Int](repeating: 0, count: taps * Self.blockSize)
    let stride = rows.groups * rows.channels
    for (sample, tensor) in stored.enumerated() {
      guard case .uint8(let integers) = tensor.elements else { continue }
      let source = integers.span
      for first in Swift.stride(from: 0, to: perSample, by: Self.blockSize) {
        let size = min(Self.blockSize, perSample - first)
        for index in 0..<size {
          // Another offset a sample, so that not all samples give the same places.
          let place = ((first + index) * rows.countPerSample / perSample + sample * 37) % rows.countPerSample
          rows.forEachPixel(of: place) { tap, pixel in pixels[tap * Self.blockSize + index] = pixel ?? -1 }
        }
        for tap in 0..<taps {
          for (number, channel) in channels.enumerated() {
            let column = (number * taps + tap) * count + sample * perSample + first
            for index in 0..<size {
              let pixel = pixels[tap * Self.blockSize + index]
              guard pixel >= 0 else { continue }
              target[column + index] = Integer(truncatingIfNeeded: source[pixel * stride + channel]) &- offset
            }
          }
        }
      }
    }
    return columns
  }
}
