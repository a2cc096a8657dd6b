public import Tensors

extension QuantizationParameters {
  /// Below this span, a range is widened; NNCF's limit.
  static let smallestSpan = 8e-4

  /// uint8 parameters of a range around 0: real = scale * (q - zero point).
  ///
  /// Without negative numbers, [0, b] with scale b / 255 and zero point 0. Else with m the larger absolute bound, scale
  /// m / 127 and zero point 128, so that integers 0 ... 255 stand for -m * 128 / 127 ... m (NNCF's symmetric mode with
  /// 256 levels).
  /// - Throws: `TensorError.invalidQuantization` if a bound is not a finite number, or too large for a scale in float32.
  public static func symmetric(_ range: ClosedRange<Double>) throws(TensorError) -> QuantizationParameters {
    if range.lowerBound >= 0 {
      return try QuantizationParameters(
        scale: Float(atLeastSmallest(range.upperBound) / 255), zeroPoint: 0, elementType: .uint8)
    }
    let magnitude = max(-range.lowerBound, range.upperBound)
    return try QuantizationParameters(
      scale: Float(atLeastSmallest(magnitude) / 127), zeroPoint: 128, elementType: .uint8)
  }

  /// uint8 parameters of a range that is widened until it holds 0 and one of the 256 levels is exactly 0.
  ///
  /// Of the two ways to reach that (a lower lower bound, or an upper upper bound) the one that widens less is taken:
  /// NNCF's asymmetric mode.
  /// - Throws: `TensorError.invalidQuantization` if a bound is not a finite number, or too large for a scale in float32.
  public static func asymmetric(_ range: ClosedRange<Double>) throws(TensorError) -> QuantizationParameters {
    let (lower, upper) = rangeWithExactZero(range)
    let scale = (upper - lower) / 255
    let zeroPoint = (-lower / scale).rounded(.toNearestOrEven)
    guard zeroPoint.isFinite else {
      throw TensorError(.invalidQuantization, "the range \(range.lowerBound) ... \(range.upperBound) is not finite")
    }
    return try QuantizationParameters(
      scale: Float(scale), zeroPoint: Int32(min(max(zeroPoint, 0), 255)), elementType: .uint8)
  }

  /// The bounds of the widened range of `asymmetric`.
  static func rangeWithExactZero(_ range: ClosedRange<Double>) -> (lower: Double, upper: Double) {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    if upper - lower <= smallestSpan {
      lower -= smallestSpan
      upper += smallestSpan
    }
    lower = min(lower, 0)
    upper = max(upper, 0)
    guard lower < 0, upper > 0 else { return (lower, upper) }
    let zero = (-lower * 255 / (upper - lower)).rounded(.toNearestOrEven)
    let loweredLower = zero < 255 ? zero / (zero - 255) * upper : lower
    let raisedUpper = zero > 0 ? (zero - 255) / zero * lower : upper
    return upper - loweredLower > raisedUpper - lower ? (loweredLower, upper) : (lower, raisedUpper)
  }

  private static func atLeastSmallest(_ bound: Double) -> Double { bound > smallestSpan ? bound : smallestSpan }
}
