public import Tensors

/// The range and the levels of a quantizer as OpenVINO's FakeQuantize takes them, by NNCF's formulas.
///
/// The bounds are float32, as NNCF's are. Source of the formulas: NNCF's `fake_quantize.py` (release 3.4), whose results
/// these match to 1e-6.
public struct FakeQuantizeRange: Sendable, Hashable {
  /// How a range is laid around 0.
  public enum Mode: Sendable, Hashable {
    /// [-b, b], or [0, b] where no number is negative.
    ///
    /// - isNarrow: 255 levels rather than 256 for signed ranges, so that both bounds have one magnitude.
    /// - isSigned: [-b, b] even where no number is negative.
    case symmetric(isNarrow: Bool, isSigned: Bool = false)
    /// [a, b], widened until one level is exactly 0.
    case asymmetric
    /// [-b, b] for weights of which only half of the integers are used, -63 ... 63, so that sums of two products with
    /// uint8 numbers fit int16.
    case halfRange
  }

  /// The lower bound of each channel.
  public let low: [Float]
  /// The upper bound of each channel.
  public let high: [Float]
  /// How many levels there are from the lower to the upper bound, both included.
  public let levels: Int

  /// The range of a quantizer of numbers whose least and largest ones are known.
  ///
  /// A symmetric channel whose magnitude lies below a hundredth of the largest channel's, or below 8e-5, takes that as its
  /// bound; an asymmetric range no wider than 8e-4 is widened by that on either side.
  /// - Parameters:
  ///   - minima: the least number of each channel; one for a quantizer of a whole tensor.
  ///   - maxima: the largest number of each channel for the asymmetric mode, the largest magnitude for the others.
  ///   - bits: 3 to 16.
  /// - Throws: `TensorError.invalidQuantization` for bounds that are not finite or not of one number.
  public init(minima: [Float], maxima: [Float], bits: Int = 8, mode: Mode) throws(TensorError) {
    guard minima.count == maxima.count, (3...16).contains(bits), (minima + maxima).allSatisfy(\.isFinite) else {
      throw TensorError(
        .invalidQuantization, "a range needs as many finite least as largest numbers, and 3 to 16 bits")
    }
    let all = 1 << bits
    switch mode {
    case .asymmetric:
      levels = all
      let ranges = zip(minima, maxima).map { Self.asymmetric($0, $1, top: Float(all - 1)) }
      (low, high) = (ranges.map(\.low), ranges.map(\.high))
    case .symmetric(let isNarrow, let isSigned):
      levels = isNarrow ? all - 1 : all
      let isBelowZero = isSigned || minima.contains { $0 < 0 }
      let factor = isNarrow ? 1 : Float(all) / Float(all - 2)
      high = Self.symmetricBounds(maxima)
      low = high.map { isBelowZero ? -$0 * factor : 0 }
    case .halfRange:
      levels = all - 1
      // The levels of one bit less are 2^(bits - 1), the factor of both bounds 254 / 127 for 8 bits.
      let stretch = Float(all - 2) / Float(all / 2 - 1)
      let isBelowZero = minima.contains { $0 < 0 }
      high = Self.symmetricBounds(maxima).map { $0 * stretch }
      low = high.map { isBelowZero ? -$0 : 0 }
    }
  }

  /// The distance of neighbouring levels of a channel.
  public func scale(_ channel: Int) -> Float { (high[channel] - low[channel]) / Float(levels - 1) }

  /// The integer that stands for 0, with integers counted from a lowest one.
  public func zeroPoint(_ channel: Int, lowest: Int) -> Int {
    let scale = Double(scale(channel))
    let levelsBelow = (Double(low[channel]) / scale).rounded(.toNearestOrEven)
    guard levelsBelow.isFinite else { return lowest }
    return min(max(lowest - Int(levelsBelow), lowest), lowest + levels - 1)
  }

  /// A number after it was quantized and dequantized.
  public func quantized(_ value: Float, channel: Int = 0) -> Float {
    let (low, high) = (low[channel], high[channel])
    guard value > low, low < high else { return low }
    guard value <= high else { return high }
    let steps = Float(levels - 1)
    return ((value - low) / (high - low) * steps).rounded(.toNearestOrEven) / steps * (high - low) + low
  }

  private static func symmetricBounds(_ maxima: [Float]) -> [Float] {
    let least = max((maxima.max() ?? 0) * 0.01, 8e-5)
    return maxima.map { max($0, least) }
  }

  private static func asymmetric(_ minimum: Float, _ maximum: Float, top: Float) -> (low: Float, high: Float) {
    let widening: Float = maximum - minimum > 8e-4 ? 0 : 8e-4
    let (low, high) = (min(minimum - widening, 0), max(maximum + widening, 0))
    let zero = (-low * (top / (high - low))).rounded(.toNearestOrEven)
    let lowered = zero < top ? zero / (zero - top) * high : low
    let raised = zero > 0 ? (zero - top) / zero * low : high
    return high - lowered > raised - low ? (lowered, high) : (low, raised)
  }
}
