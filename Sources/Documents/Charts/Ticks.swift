/// Round values along an axis, at multiples of 1, 2 or 5 times a power of ten, that enclose a range.
struct Ticks: Equatable {
  /// The distance between two values.
  let step: Double
  /// The values in ascending order, at least two; the first and the last enclose the range.
  let values: [Double]

  /// Chooses values that enclose `low` to `high`, about `count` steps apart in all; values around 0 to 1 where the
  /// range is too wide for `Double`.
  init(from low: Double, to high: Double, about count: Int) {
    let (low, high) = Self.widened(min(low, high), max(low, high))
    let target = max((high - low) / Double(max(count, 1)), Double.leastNormalMagnitude * 1e10)
    var exponent = DecimalDigits(target).pointPosition - 1
    var factor = 1
    for candidate in [1, 2, 5, 10] where Self.multiple(candidate, exponent) <= target * 1.5 { factor = candidate }
    if factor == 10 { (factor, exponent) = (1, exponent + 1) }
    let step = Self.multiple(factor, exponent)
    let slack = 1e-9
    let first = (low / step + slack).rounded(.down)
    let last = max((high / step - slack).rounded(.up), first + 1)
    self.step = step
    // A whole count of steps: an accumulated sum would drift, and never arrive where a step is below its precision.
    values = (0...Int(min(last - first, 2000))).map { offset in
      let index = first + Double(offset)
      return exponent < 0 ? index * Double(factor) / Self.power(-exponent) : index * step
    }
  }

  /// The range itself, or one around it where it is a single value.
  private static func widened(_ low: Double, _ high: Double) -> (Double, Double) {
    let margin = high - low > max(abs(low), abs(high)) * 1e-12 ? 0 : (low == 0 ? 0.5 : abs(low) * 0.5)
    let (low, high) = (low - margin, high + margin)
    return (high - low).isFinite ? (low, high) : (0, 1)
  }

  var low: Double { values.first ?? 0 }
  var high: Double { values.last ?? 1 }

  private static func multiple(_ factor: Int, _ exponent: Int) -> Double {
    exponent < 0 ? Double(factor) / power(-exponent) : Double(factor) * power(exponent)
  }

  private static func power(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? .infinity
  }
}
