import Inference

/// Eight neighbouring channels, or the fewer that are left at the end.
///
/// The lanes behind the last channel repeat it, so that they change no least and no largest number.
struct ChannelBlock {
  static let width = 8

  let first: Int
  /// How many lanes are channels.
  let count: Int

  /// The blocks of so many channels.
  static func blocks(of channels: Int) -> [ChannelBlock] {
    stride(from: 0, to: channels, by: width).map { ChannelBlock(first: $0, count: min(width, channels - $0)) }
  }

  /// The channels of a pixel that starts at an index.
  @inline(__always)
  func load(_ elements: borrowing Span<Float>, at pixel: Int) -> SIMD8<Float> {
    let i = pixel + first
    var lanes = SIMD8<Float>(repeating: elements[i + count - 1])
    if count == Self.width, i <= elements.count - Self.width {
      for lane in 0..<Self.width { lanes[lane] = elements[i + lane] }
    } else {
      for lane in 0..<count { lanes[lane] = elements[i + lane] }
    }
    return lanes
  }
}
