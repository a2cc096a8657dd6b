internal import CMicrokernels

/// What the channels of a value hold over its pixels.
package struct ChannelSums: Sendable {
  /// The least and the largest number of each channel; infinite if there is none but NaN.
  package private(set) var least: [Float]
  package private(set) var largest: [Float]
  /// Sums of each channel's numbers clamped, and of their squares; NaN if a number is.
  package private(set) var sums: [Double]
  package private(set) var squares: [Double]
  /// How many numbers of each channel lie between the bounds, without them.
  package private(set) var insideCounts: [Double]

  fileprivate init(count: Int) {
    least = .init(repeating: 0, count: count)
    largest = least
    sums = .init(repeating: 0, count: count)
    squares = sums
    insideCounts = sums
  }
}

extension ObservedElements {
  /// Looks at each channel once, all sums in an order that neither threads nor the instruction set change.
  ///
  /// - Parameters:
  ///   - lower: what smaller numbers count as in the sums; below `upper`.
  ///   - upper: what larger numbers count as.
  package func channelSums(clampedTo lower: Float = -.infinity, _ upper: Float = .infinity) -> ChannelSums {
    var found = ChannelSums(count: channels)
    guard channels > 0, pixels > 0, lower < upper else { return found }
    unsafe elements.withUnsafeBufferPointer { source in
      unsafe found.write { sums in
        var sums = unsafe sums
        unsafe vectors.functions.sum_channels_f32(pixels, channels, stride, source.baseAddress, lower, upper, &sums)
      }
    }
    return found
  }
}

extension ChannelSums {
  fileprivate mutating func write(_ body: (mk_channel_sums) -> Void) {
    unsafe least.withUnsafeMutableBufferPointer { least in
      unsafe largest.withUnsafeMutableBufferPointer { largest in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe squares.withUnsafeMutableBufferPointer { squares in
            unsafe insideCounts.withUnsafeMutableBufferPointer { inside in
              unsafe body(
                mk_channel_sums(
                  least: least.baseAddress, greatest: largest.baseAddress, sum: sums.baseAddress,
                  squares: squares.baseAddress, inside: inside.baseAddress))
            }
          }
        }
      }
    }
  }
}

/// Sums of bytes over pixels.
package enum ByteSums {
  /// Pixels that are summed at once, so that a sum stays within 32 bits.
  private static let block = 1 << 16

  /// The sum of each channel of pixels that lie one behind the other.
  package static func ofChannels(_ bytes: [UInt8], channels: Int) throws(InferenceError) -> [Int] {
    var totals = [Int](repeating: 0, count: max(channels, 0))
    guard channels > 0 else { return totals }
    let functions = VectorMicrokernels(set: try InstructionSet.selected()).functions
    var sums = [UInt32](repeating: 0, count: channels)
    let pixels = bytes.count / channels
    for first in stride(from: 0, to: pixels, by: block) {
      unsafe bytes.withUnsafeBufferPointer { source in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          guard let start = source.baseAddress else { return }
          unsafe functions.sum_pixels_u8(
            min(block, pixels - first), channels, channels, start + first * channels, sums.baseAddress)
        }
      }
      for channel in 0..<channels { totals[channel] += Int(sums[channel]) }
    }
    return totals
  }
}
