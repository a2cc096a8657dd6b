/// What is measured along an axis, and how its numbers are written.
public struct Axis: Sendable, Equatable, Codable {
  /// The quantity.
  public var title: String
  /// How values are written, with their unit.
  public var format: NumberFormat
  /// Whether the axis starts at zero even where all values lie far from it.
  public var includesZero: Bool

  /// Creates an axis.
  public init(_ title: String, format: NumberFormat = .significant(3), includesZero: Bool = true) {
    self.title = title
    self.format = format
    self.includesZero = includesZero
  }

  /// The quantity with its unit.
  var label: String {
    format.headerUnit.isEmpty ? title : "\(title) (\(format.headerUnit))"
  }

  /// The text of a tick at a multiple of `step`.
  func tickText(_ value: Double, step: Double) -> String {
    if case .bytes = format.precision { return format.string(for: value) }
    let isPercent = format.unit == "%"
    var digits = DecimalDigits(isPercent ? step * 100 : step)
    digits.round(significant: 6)
    let decimals = max(digits.digits.count - digits.pointPosition, 0)
    let tick = NumberFormat(.decimals(min(decimals, 12)), unit: format.unit, showsBounds: false)
    return tick.cellText(for: value)
  }
}
