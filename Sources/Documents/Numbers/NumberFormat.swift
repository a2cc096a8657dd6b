/// How a number is shown to people; the number itself keeps its full precision.
///
/// Independent of locale: a point before decimals, a comma between thousands, U+2212 as minus sign. Rounding is to the
/// nearest, halves away from zero, on the shortest decimal digits that identify the number.
public struct NumberFormat: Sendable, Equatable, Codable {
  /// How many digits are shown.
  public enum Precision: Sendable, Equatable, Codable {
    /// A fixed number of digits behind the point, 0 to 20.
    case decimals(Int)
    /// A fixed number of significant digits, 1 to 17; digits before the point are never replaced by zeros.
    case significant(Int)
    /// As many digits as identify the number.
    case shortest
    /// Three significant digits with the decimal byte unit that fits: B, kB, MB, GB, TB.
    case bytes
  }

  /// How many digits are shown.
  public var precision: Precision
  /// The unit, such as `ms`; empty for none, `%` for hundredths.
  public var unit: String
  /// Whether a value that rounds to 0, or to `limit`, without being it is shown as a bound, such as `<0.01`.
  public var showsBounds: Bool
  /// The largest value that the quantity can take, such as 1 for a probability; nil for none.
  public var limit: Double?
  /// Whether a sign stands also in front of positive numbers.
  public var showsPlus: Bool

  /// Creates a format.
  public init(
    _ precision: Precision, unit: String = "", showsBounds: Bool = true, limit: Double? = nil, showsPlus: Bool = false
  ) {
    self.precision = precision
    self.unit = unit
    self.showsBounds = showsBounds
    self.limit = limit
    self.showsPlus = showsPlus
  }

  /// Whole numbers.
  public static let integer = NumberFormat(.decimals(0))
  /// Probabilities: two digits behind the point, `<0.01` and `>0.99` at the ends.
  public static let probability = NumberFormat(.decimals(2), limit: 1)
  /// As many digits as identify the number.
  public static let exact = NumberFormat(.shortest)
  /// A count of bytes with a fitting unit.
  public static let bytes = NumberFormat(.bytes)

  /// A fixed number of digits behind the point.
  public static func decimals(_ count: Int, unit: String = "") -> NumberFormat {
    NumberFormat(.decimals(count), unit: unit)
  }

  /// A fixed number of significant digits.
  public static func significant(_ count: Int, unit: String = "") -> NumberFormat {
    NumberFormat(.significant(count), unit: unit)
  }

  /// Fractions of 1 shown as percentages.
  public static func percent(decimals: Int = 1) -> NumberFormat {
    NumberFormat(.decimals(decimals), unit: "%", limit: 1)
  }

  /// The number with its unit.
  public func string(for value: Double) -> String {
    let number = number(for: value)
    if unit.isEmpty || !value.isFinite { return number }
    return unit == "%" ? number + unit : "\(number) \(unit)"
  }

  /// The number with its unit.
  public func string(for value: Int) -> String { string(for: Double(value)) }

  /// The number without its unit, except for `%` and bytes, whose numbers mean nothing without it.
  func cellText(for value: Double) -> String {
    unit == "%" ? string(for: value) : number(for: value)
  }

  /// The unit that belongs into a column header or an axis title; empty where each number carries its own.
  var headerUnit: String { unit == "%" ? "" : unit }

  private func number(for value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    let exact = digits(of: value)
    let sign = value < 0 ? "−" : (showsPlus && value > 0 ? "+" : "")
    switch precision {
    case .decimals(let count):
      let decimals = min(max(count, 0), 20)
      var rounded = exact
      rounded.round(decimals: decimals)
      if showsBounds, let bound = bound(of: value, rounded: rounded, decimals: decimals) { return bound }
      return (rounded.isZero ? "" : sign) + rounded.positional(decimals: decimals, grouping: true)
    case .significant(let count):
      return sign + significantText(exact, count: min(max(count, 1), 17))
    case .shortest:
      return sign + shortestText(exact)
    case .bytes:
      return sign + byteText(exact)
    }
  }

  private func digits(of value: Double) -> DecimalDigits {
    var digits = DecimalDigits(value)
    if unit == "%", !digits.isZero { digits.pointPosition += 2 }
    return digits
  }

  private func bound(of value: Double, rounded: DecimalDigits, decimals: Int) -> String? {
    var step = DecimalDigits(1)
    step.pointPosition = 1 - decimals
    let stepText = step.positional(decimals: decimals, grouping: true)
    if value != 0, rounded.isZero {
      return value < 0 ? ">−\(stepText)" : "<\(stepText)"
    }
    guard let limit, value < limit, value > 0, rounded == digits(of: limit) else { return nil }
    var below = digits(of: limit - (unit == "%" ? step.value / 100 : step.value))
    below.round(decimals: decimals)
    return ">" + below.positional(decimals: decimals, grouping: true)
  }

  private func significantText(_ exact: DecimalDigits, count: Int) -> String {
    var rounded = exact
    rounded.round(significant: max(count, exact.pointPosition))
    if rounded.isZero { return "0" }
    if rounded.pointPosition < -5 || rounded.pointPosition > 15 {
      rounded.round(significant: count)
      return rounded.scientific(significant: count)
    }
    return rounded.positional(decimals: max(count - rounded.pointPosition, 0), grouping: true)
  }

  private func shortestText(_ exact: DecimalDigits) -> String {
    if exact.pointPosition < -5 || exact.pointPosition > 17 { return exact.scientific(significant: 1) }
    return exact.positional(decimals: 0, grouping: true)
  }

  private func byteText(_ exact: DecimalDigits) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var rounded = exact
    rounded.round(significant: 3)
    let step = min(max((rounded.pointPosition - 1) / 3, 0), units.count - 1)
    if step == 0 { return "\(rounded.positional(decimals: 0, grouping: true)) B" }
    rounded.pointPosition -= 3 * step
    return rounded.positional(decimals: max(3 - rounded.pointPosition, 0), grouping: true) + " " + units[step]
  }
}

extension DecimalDigits {
  /// The number that the digits stand for, as near as `Double` comes to it.
  var value: Double {
    if isZero { return 0 }
    return Double((isNegative ? "-" : "") + scientific(significant: 1)) ?? 0
  }
}

extension Double {
  /// The shortest text that reads back as the same number; `nan`, `inf` and `-inf` for the rest. No thousands commas.
  var exactText: String {
    guard isFinite else { return description }
    let digits = DecimalDigits(self)
    let text =
      digits.pointPosition < -5 || digits.pointPosition > 17
      ? digits.scientific(significant: 1) : digits.positional(decimals: 0, grouping: false)
    return self < 0 ? "-" + text : text
  }
}
