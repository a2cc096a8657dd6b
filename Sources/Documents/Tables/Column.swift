/// One column of a table: its name, what its cells hold and how they are shown.
public struct Column: Sendable, Equatable, Codable {
  /// What the cells of a column hold and how they are shown.
  public enum Kind: Sendable, Equatable, Codable {
    /// Words.
    case text
    /// Whole numbers with commas between thousands.
    case integer
    /// Numbers in a given format; its unit goes into the header.
    case number(NumberFormat)
    /// Fractions of 1 shown as percentages.
    case percent(decimals: Int)
    /// Yes or no.
    case boolean
    /// Numbered classes with their names, such as `360 otter`.
    case category
    /// Numbers with a bar whose full length is `maximum`.
    case bar(NumberFormat, maximum: Double)
    /// Thumbnails.
    case picture
  }

  /// At which edge the cells of a column line up.
  public enum Alignment: Sendable, Equatable, Codable {
    /// At the start of the line.
    case leading
    /// At the end of the line, as numbers do.
    case trailing
  }

  /// The name in exports, in sort orders and in the filter box: lower-case ASCII, digits and underscores by convention.
  public var id: String
  /// The header.
  public var title: String
  /// What the cells hold.
  public var kind: Kind
  /// The edge at which the cells line up.
  public var alignment: Alignment
  /// How the values are defined, in one sentence, shown in the legend below the table; empty for none.
  public var help: String

  /// Creates a column; numbers line up at the end and everything else at the start unless `alignment` says otherwise.
  public init(
    id: String, title: String, kind: Kind = .text, alignment: Alignment? = nil, help: String = ""
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.alignment = alignment ?? kind.defaultAlignment
    self.help = help
  }

  /// The title, with the unit behind it where the numbers have one.
  var header: String {
    let unit = numberFormat?.headerUnit ?? ""
    return unit.isEmpty ? title : "\(title) (\(unit))"
  }

  var numberFormat: NumberFormat? {
    switch kind {
    case .integer: .integer
    case .number(let format), .bar(let format, _): format
    case .percent(let decimals): .percent(decimals: decimals)
    case .text, .boolean, .category, .picture: nil
    }
  }
}

extension Column.Kind {
  fileprivate var defaultAlignment: Column.Alignment {
    switch self {
    case .integer, .number, .percent, .bar: .trailing
    case .text, .boolean, .category, .picture: .leading
    }
  }
}
