/// One value of a table, kept in full precision.
public enum Cell: Sendable, Equatable, Codable {
  /// Words.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// A number; a percentage is kept as a fraction of 1. NaN is shown, and sorted like a missing value.
  case number(Double)
  /// Yes or no.
  case boolean(Bool)
  /// A numbered class and, where known, its name.
  case category(id: Int, name: String?)
  /// A thumbnail and the words that stand for it where pictures do not show.
  case picture(Picture, description: String)
  /// Nothing is known.
  case missing

  /// The words shown in a column; bars and pictures add theirs to it.
  func displayText(in column: Column) -> String {
    switch self {
    case .text(let text): text
    case .integer(let value): (column.numberFormat ?? .integer).cellText(for: Double(value))
    case .number(let value): (column.numberFormat ?? .exact).cellText(for: value)
    case .boolean(let value): value ? "yes" : "no"
    case .category(let id, let name): name.map { "\(id) \($0)" } ?? "\(id)"
    case .picture(_, let description): description
    case .missing: "–"
    }
  }

  /// The number by which a cell is sorted; nil for words and for missing values.
  var sortNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value.isNaN ? nil : value
    case .boolean(let value): value ? 1 : 0
    case .category(let id, _): Double(id)
    case .text, .picture, .missing: nil
    }
  }

  /// The words by which a cell is sorted; nil for numbers and for missing values.
  var sortText: String? {
    switch self {
    case .text(let text): text
    case .picture(_, let description): description
    case .integer, .number, .boolean, .category, .missing: nil
    }
  }
}
