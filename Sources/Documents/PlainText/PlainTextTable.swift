/// A table laid out in columns for a terminal.
struct PlainTextTable {
  private let table: Table
  private let width: Int
  private let shown: ArraySlice<Row>
  private let all: Int

  private static let gap = 2
  private static let narrowest = 6
  /// Rows that fit two screens; an export holds all.
  private static let rowLimit = 40

  init(_ table: Table, width: Int) {
    self.table = table
    self.width = width
    all = table.rows.count
    shown = table.sortedRows.prefix(min(max(table.visibleRowCount, 1), Self.rowLimit))
  }

  var lines: [String] {
    guard !table.columns.isEmpty else { return [] }
    let cells = shown.map(texts)
    let widths = columnWidths(cells)
    var lines = headerLines(widths)
    lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    lines += cells.map { line($0, widths) }
    if all == 0 { lines.append("No \(table.noun.plural).") }
    if all > shown.count { lines.append("… \(VisibleText.line(table.noun.counted(all - shown.count, "more")))") }
    return lines.map { $0.trimmingTrailingSpaces }
  }

  private func texts(_ row: Row) -> [String] {
    table.columns.enumerated().map { index, column in
      let cell = row.cell(index)
      var text = VisibleText.line(cell.displayText(in: column))
      if case .bar(let format, let maximum) = column.kind, let value = cell.sortNumber {
        let list = BarList(title: "", bars: [], maximum: maximum, format: format)
        text = "\(BlockBar.text(list.fraction(of: BarList.Bar("", value)), width: 10)) \(text)"
      }
      if index == 0, table.flag != nil { text = (row.isFlagged ? "✗ " : "  ") + text }
      return text
    }
  }

  /// Natural widths, made smaller until the line fits: first where only the header is wide, then columns of words.
  private func columnWidths(_ cells: [[String]]) -> [Int] {
    var widths: [Int] = []
    var needed: [Int] = []
    for (index, column) in table.columns.enumerated() {
      let content = cells.map { DisplayWidth.of($0[index]) }.max() ?? 0
      let words = headerWords(index).map(DisplayWidth.of).max() ?? 0
      let header = DisplayWidth.of(VisibleText.line(column.header))
      needed.append(max(content, words, 1))
      widths.append(max(content, words, min(header, 16), 1))
    }
    let room = max(width - Self.gap * (widths.count - 1), widths.count)
    while widths.reduce(0, +) > room {
      let headers = widths.indices.filter { widths[$0] > needed[$0] }
      let wide = widths.indices.filter { widths[$0] > Self.narrowest }
      let words = wide.filter { table.columns[$0].alignment == .leading }
      let candidates = [headers, words, wide].first { !$0.isEmpty } ?? []
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func headerWords(_ index: Int) -> [String] {
    VisibleText.line(table.columns[index].header).split(separator: " ").map(String.init)
  }

  private func headerLines(_ widths: [Int]) -> [String] {
    let headers = table.columns.enumerated().map { index, column in
      let indent = index == 0 && table.flag != nil ? "  " : ""
      return WrappedText.lines(
        VisibleText.line(column.header), width: max(widths[index] - indent.count, 1)
      ).map { indent + $0 }
    }
    let height = headers.map(\.count).max() ?? 0
    return (0..<height).map { row in
      line(headers.map { row >= height - $0.count ? $0[row - (height - $0.count)] : "" }, widths)
    }
  }

  private func line(_ texts: [String], _ widths: [Int]) -> String {
    texts.enumerated().map { index, text in
      DisplayWidth.padded(
        DisplayWidth.fitting(text, widths[index]), widths[index],
        trailing: table.columns[index].alignment == .trailing)
    }.joined(separator: String(repeating: " ", count: Self.gap))
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
