extension Table {
  /// All rows, in the order shown, as comma-separated values with full precision.
  ///
  /// RFC 4180: a header line of column ids, CRLF after every line, fields with commas, quotes or line breaks in quotes.
  /// Text that a spreadsheet would take for a formula, beginning with `=`, `+`, `-`, `@` of any width, a tab or a line
  /// break, gets an apostrophe in front. A category column is followed by a column `<id>_name`, the flag is the last column; missing
  /// values are empty.
  public func csv() -> String {
    var lines = exportColumns.map(Self.quoted).joined(separator: ",") + "\r\n"
    for row in sortedRows {
      lines += exportValues(of: row).map { Self.quoted($0.csvText) }.joined(separator: ",") + "\r\n"
    }
    return lines
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }
    guard needsQuotes || field.first == " " || field.last == " " else { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text.unicodeScalars.append("\"") }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}

extension JSONText {
  fileprivate var csvText: String {
    switch self {
    case .null: ""
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.exactText
    case .string(let text): text.withoutFormula
    case .array, .object: text
    }
  }
}

extension String {
  /// The text with an apostrophe in front where a spreadsheet would compute it.
  fileprivate var withoutFormula: String {
    guard let first = unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) else { return self }
    return "'" + self
  }
}
