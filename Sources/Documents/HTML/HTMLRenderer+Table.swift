extension HTMLRenderer {
  mutating func write(_ table: Table) {
    use(.table)
    if table.columns.contains(where: { $0.kind.isBar }) || table.hasDetails { use(.cards) }
    let rows = table.sortedRows
    let shown = options.limitsRows ? Self.limited(rows, to: max(table.rowLimit, 1)) : rows
    let details = details(shown)
    add("<div class=\"octet-table\" data-page=\"\(table.visibleRowCount)\"")
    add(" data-one=\"\(escapedHTML(table.noun.singular))\" data-many=\"\(escapedHTML(table.noun.plural))\"")
    if shown.count < rows.count { add(" data-cut=\"\(rows.count - shown.count)\"") }
    if let flag = table.flag { add(" data-flag=\"\(escapedHTML(flag.filterLabel))\"") }
    add(">\n")
    let split = min(max(table.visibleRowCount, 1), shown.count)
    writeTable(table, shown, 0..<split, details, caption: table.title)
    if split < shown.count {
      use(.details)
      let more = table.noun.counted(shown.count - split, "more")
      add("<details class=\"octet-rest\"><summary>\(escapedHTML(more))</summary>\n")
      writeTable(table, shown, split..<shown.count, details, caption: "")
      add("</details>\n")
    }
    writeFootnotes(table, shownCount: shown.count)
    add("</div>\n")
    writeLegend(table)
  }

  /// As many rows as are allowed, in their order; flagged ones stay rather than others.
  private static func limited(_ rows: [Row], to limit: Int) -> [Row] {
    guard rows.count > limit else { return rows }
    var othersLeft = max(limit - rows.count(where: \.isFlagged), 0)
    var left = limit
    return rows.filter { row in
      guard left > 0, row.isFlagged || othersLeft > 0 else { return false }
      if !row.isFlagged { othersLeft -= 1 }
      left -= 1
      return true
    }
  }

  /// What unfolds below the rows, as far as there is room; flagged rows are served first.
  private mutating func details(_ rows: [Row]) -> [Int: String] {
    var details: [Int: String] = [:]
    for isFlagged in [true, false] {
      for (index, row) in rows.enumerated() where row.isFlagged == isFlagged {
        guard let card = row.details else { continue }
        if detailsLeft > 0 {
          let url = card.picture.flatMap { pictures.url(of: $0, edge: card.pictureEdge) }
          let html = html(of: card, picture: url)
          detailsLeft -= html.utf8.count - (url?.utf8.count ?? 0)
          if detailsLeft >= 0 {
            details[index] = html
            if url == nil, card.picture != nil || card.isPictureLeftOut { omittedCounts.pictures += 1 }
          }
        }
        if details[index] == nil { omittedCounts.details += 1 }
      }
    }
    return details
  }

  private mutating func writeTable(
    _ table: Table, _ rows: [Row], _ range: Range<Int>, _ details: [Int: String], caption: String
  ) {
    add("<table>\n")
    if !caption.isEmpty { add("<caption>\(escapedHTML(caption))</caption>\n") }
    add("<thead><tr>")
    for column in table.columns {
      let order = table.sort.first.flatMap { $0.columnID == column.id ? $0 : nil }
      add("<th scope=\"col\" data-id=\"\(escapedHTML(column.id))\"")
      if column.kind.isNumeric { add(" data-number") }
      if let order { add(" aria-sort=\"\(order.isDescending ? "descending" : "ascending")\"") }
      let isLeading = column.alignment == .leading
      add("\(isLeading ? Self.leadingHeader : Self.alignment(column))>\(escapedHTML(column.header))</th>")
    }
    if table.hasDetails { add("<th scope=\"col\"\(Self.leadingHeader)>\(escapedHTML(table.detailsTitle))</th>") }
    // With rows the body of a table begins by itself, and nbconvert's sanitizer shows every tag of it that is written.
    add(range.isEmpty ? "</tr></thead>\n<tbody></tbody>" : "</tr></thead>\n")
    for index in range {
      let row = rows[index]
      add(row.isFlagged ? "<tr class=\"octet-flagged\">" : "<tr>")
      for (position, column) in table.columns.enumerated() {
        write(row.cell(position), column, flag: position == 0 && row.isFlagged ? table.flag : nil)
      }
      if table.hasDetails { write(details[index], of: row, table) }
      add("</tr>\n")
    }
    add("</table>\n")
  }

  private mutating func write(_ cell: Cell, _ column: Column, flag: Table.Flag?) {
    let text = escapedHTML(cell.displayText(in: column))
    add("<td\(Self.alignment(column))\(Self.sortAttribute(cell, column, text))>")
    switch (cell, column.kind) {
    case (.picture(let picture, _), _):
      if let url = pictures.url(of: picture, edge: 96) {
        let size = picture.fitted(width: 48)
        add(
          Self.unseenAsText("<img src=\"\(url)\" width=\"\(size.width)\" height=\"\(size.height)\" alt=\"\(text)\">"))
      } else {
        add(text)
      }
    case (_, .bar(let format, let maximum)):
      if let value = cell.sortNumber {
        let list = BarList(title: "", bars: [], maximum: maximum, format: format)
        add("\(Self.meter(list.fraction(of: BarList.Bar("", value)))) <span>\(text)</span>")
      } else {
        add("<span class=\"octet-quiet\">\(text)</span>")
      }
    case (.missing, _): add("<span class=\"octet-quiet\">\(text)</span>")
    default: add(text)
    }
    if let flag { add(" <strong class=\"octet-alarm\">✗ \(escapedHTML(flag.label))</strong>") }
    add("</td>")
  }

  private mutating func write(_ details: String?, of row: Row, _ table: Table) {
    add("<td style=\"text-align:left\">")
    if let details {
      let label = escapedHTML(table.detailsLabel)
      add("<details class=\"octet-unfold\"><summary>\(label)</summary>\n<div>\(details)</div></details>")
    } else if row.details != nil {
      let place = options.limitsRows ? "in the exported report" : "left out to keep the page small"
      add("<span class=\"octet-quiet\">\(place)</span>")
    }
    add("</td>")
  }

  private mutating func writeFootnotes(_ table: Table, shownCount: Int) {
    if table.rows.count > shownCount {
      let left = table.noun.counted(table.rows.count - shownCount, "more")
      let flagged = table.rows.count(where: \.isFlagged)
      let kept =
        table.flag == nil || flagged == 0 || flagged > shownCount
        ? "" : " All \(NumberFormat.integer.string(for: flagged)) marked ✗ are here."
      add("<p class=\"octet-quiet\">\(escapedHTML(left)) not shown here; an export holds all.\(kept)</p>\n")
    }
    guard !table.rows.isEmpty else {
      add("<p class=\"octet-quiet\">No \(escapedHTML(table.noun.plural)).</p>\n")
      return
    }
    let keys = table.sort.compactMap { key in
      table.columns.first { $0.id == key.columnID }.map { column in
        let order =
          column.kind.isNumeric
          ? (key.isDescending ? "largest first" : "smallest first") : (key.isDescending ? "Z to A" : "A to Z")
        return "\(column.header), \(order)"
      }
    }
    // A small table needs no count.
    if keys.isEmpty, table.rows.count <= Self.smallRowCount { return }
    let order = keys.isEmpty ? "" : ", sorted by " + keys.joined(separator: ", then ")
    add("<p class=\"octet-quiet octet-count\">\(escapedHTML(table.noun.counted(table.rows.count) + order)).</p>\n")
  }

  private mutating func writeLegend(_ table: Table) {
    let explained = table.columns.filter { !$0.help.isEmpty }
    guard !explained.isEmpty else { return }
    use([.details, .facts])
    add(
      "<details class=\"octet-more\"><summary>What the columns mean</summary>\n<table class=\"octet-facts\">\n")
    for column in explained {
      add("<tr>\(Self.rowHeader(column.title))")
      add("<td style=\"text-align:left\">\(escapedHTML(column.help))</td></tr>\n")
    }
    add("</table></details>\n")
  }

  private static let smallRowCount = 12

  // Viewers that drop styles center headers.
  static let leadingHeader = " align=\"left\" style=\"text-align:left\""

  /// A label in front of a row. It is no `th`, which nbconvert's sanitizer would move out of its table.
  static func rowHeader(_ label: String) -> String {
    "<td role=\"rowheader\" style=\"text-align:left\">\(escapedHTML(label))</td>"
  }

  // Viewers that drop styles set cells at the left, JupyterLab's own style sets them at the right: words need the
  // style there, numbers the attribute here.
  private static func alignment(_ column: Column) -> String {
    column.alignment == .trailing ? " align=\"right\"" : " style=\"text-align:left\""
  }

  /// The value to sort by, where the text alone does not give it.
  private static func sortAttribute(_ cell: Cell, _ column: Column, _ text: String) -> String {
    if let number = cell.sortNumber {
      let value = number.isFinite ? number.exactText : (number < 0 ? "-Infinity" : "Infinity")
      return value == text && !column.kind.isBar ? "" : " data-v=\"\(value)\""
    }
    return cell.sortText == nil ? " data-v=\"\"" : ""
  }
}

extension Column.Kind {
  fileprivate var isBar: Bool {
    if case .bar = self { true } else { false }
  }

  fileprivate var isNumeric: Bool {
    switch self {
    case .integer, .number, .percent, .bar, .boolean, .category: true
    case .text, .picture: false
    }
  }
}
