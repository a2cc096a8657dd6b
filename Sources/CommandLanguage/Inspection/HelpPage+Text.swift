extension HelpPage {
  /// The page for a terminal: tables aligned in columns, no line end behind the last line.
  public var text: String {
    var blocks = [title + (usage.isEmpty || usage == title ? "" : "\n\n  \(usage)")]
    if !summary.isEmpty { blocks.append(summary) }
    if !discussion.isEmpty { blocks.append(discussion) }
    blocks += sections.map { $0.title + "\n" + Self.table($0.rows) }
    if !examples.isEmpty {
      let shown = examples.map { example in
        let cell = example.text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        let comment = example.summary.isEmpty ? [] : ["  # \(example.summary)"]
        let shows = example.shows.map { ["  → \($0)"] } ?? []
        return (comment + cell + shows).joined(separator: "\n")
      }
      blocks.append("Examples\n" + shown.joined(separator: "\n\n"))
    }
    return blocks.joined(separator: "\n\n")
  }

  private static func table(_ rows: [Row]) -> String {
    let columns: [(Row) -> String] = [\.name, \.type, \.absence, \.summary]
    let widths = columns.map { column in rows.map { column($0).count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, width) in zip(columns, widths) where width > 0 {
        let cell = column(row)
        line += "  " + cell + String(repeating: " ", count: width - cell.count)
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
