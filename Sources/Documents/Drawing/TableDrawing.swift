/// A table as drawn: its first rows in the order shown, and how many more there are.
struct TableDrawing: Drawing {
  let table: Table
  /// How many rows are drawn at most.
  let rowLimit: Int

  private static let size = 11.5
  private static let headerSize = 10.0
  private static let rowHeight = 22.0
  private static let headerLine = 13.0
  private static let gap = 18.0
  private static let barWidth = 56.0

  private let rows: ArraySlice<Row>
  private var columns: [(index: Int, column: Column)] {
    table.columns.enumerated().filter { $0.element.kind != .picture }.map { ($0.offset, $0.element) }
  }
  private var titleHeight: Double { table.title.isEmpty ? 0 : 22 }
  private var footHeight: Double { footnote == nil ? 0 : 22 }

  private var footnote: String? { table.rows.isEmpty ? "No \(table.noun.plural)" : omission }

  init(table: Table, rowLimit: Int) {
    self.table = table
    self.rowLimit = rowLimit
    rows = table.sortedRows.prefix(rowLimit)
  }

  var omission: String? {
    let more = table.rows.count - rows.count
    return more > 0 ? "\(table.noun.counted(more, "more")) not drawn" : nil
  }

  func height(width: Double) -> Double {
    titleHeight + headerHeight(width) + Double(rows.count) * Self.rowHeight + footHeight
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    if !table.title.isEmpty {
      let style = TextStyle(size: 12, isBold: true)
      canvas.write(table.title, x: frame.x, centeredAt: frame.y + 8, style, limit: frame.width)
    }
    let widths = widths(frame.width)
    let total = widths.reduce(0, +) + Self.gap * Double(max(widths.count - 1, 0))
    let top = frame.y + titleHeight
    let bottom = top + headerHeight(frame.width)
    var x = frame.x
    for (place, entry) in columns.enumerated() {
      let isTrailing = entry.column.alignment == .trailing
      let lines = headerLines(entry.column, widths[place])
      for (line, text) in lines.enumerated() {
        let y = bottom - 10 - Double(lines.count - 1 - line) * Self.headerLine
        let style = TextStyle(
          size: Self.headerSize, color: Palette.quiet, isBold: true, anchor: isTrailing ? .end : .start)
        canvas.write(text, x: isTrailing ? x + widths[place] : x, centeredAt: y, style)
      }
      x += widths[place] + Self.gap
    }
    canvas.stroke(Point(x: frame.x, y: bottom), Point(x: frame.x + total, y: bottom), Palette.reference)
    for (number, row) in rows.enumerated() {
      draw(row, at: bottom + Double(number) * Self.rowHeight, widths, total, frame.x, on: &canvas)
    }
    if let footnote {
      canvas.write(footnote + ".", x: frame.x, centeredAt: frame.maxY - 8, TextStyle(size: 11, color: Palette.quiet))
    }
  }

  private func draw(
    _ row: Row, at top: Double, _ widths: [Double], _ total: Double, _ start: Double, on canvas: inout some Canvas
  ) {
    let middle = top + Self.rowHeight / 2
    var x = start
    for (place, entry) in columns.enumerated() {
      let cell = row.cell(entry.index)
      let isMarked = place == 0 && row.isFlagged
      let isTrailing = entry.column.alignment == .trailing
      var style = TextStyle(size: Self.size, anchor: isTrailing ? .end : .start)
      if isMarked { style.color = Palette.alarm }
      if case .missing = cell { style.color = Palette.quiet }
      canvas.write(
        text(cell, entry.column, isMarked: isMarked), x: isTrailing ? x + widths[place] : x, centeredAt: middle, style,
        limit: widths[place])
      if case .bar(let format, let maximum) = entry.column.kind, let value = cell.sortNumber {
        let fraction = BarList(title: "", bars: [], maximum: maximum, format: format).fraction(of: .init("", value))
        canvas.fill(Rect(x: x, y: middle - 2, width: Self.barWidth, height: 4), Palette.wash, cornerRadius: 2)
        if fraction > 0 {
          let filled = Rect(x: x, y: middle - 2, width: max(Self.barWidth * fraction, 1), height: 4)
          canvas.fill(filled, Palette.accent, cornerRadius: 2)
        }
      }
      x += widths[place] + Self.gap
    }
    let y = top + Self.rowHeight
    canvas.stroke(Point(x: start, y: y), Point(x: start + total, y: y), Palette.line)
  }

  private func text(_ cell: Cell, _ column: Column, isMarked: Bool) -> String {
    let text = VisibleText.line(cell.displayText(in: column))
    return isMarked ? "✗ \(text)" : text
  }

  private func headerLines(_ column: Column, _ width: Double) -> [String] {
    FontMetrics.lines(of: VisibleText.line(column.header), width, size: Self.headerSize, isBold: true, limit: 6)
  }

  private func headerHeight(_ width: Double) -> Double {
    let widths = widths(width)
    let lines = columns.enumerated().map { headerLines($0.element.column, widths[$0.offset]).count }
    return Double(lines.max() ?? 1) * Self.headerLine + 10
  }

  /// The widths of the columns: what their cells need, the widest made smaller where the page is too narrow.
  private func widths(_ width: Double) -> [Double] {
    var widths = columns.map { index, column in
      let cells = rows.map {
        FontMetrics.width(of: text($0.cell(index), column, isMarked: $0.isFlagged && index == 0), size: Self.size)
      }
      var bar = 0.0
      if case .bar = column.kind { bar = Self.barWidth + 8 }
      let words = column.header.split(separator: " ").map {
        FontMetrics.width(of: String($0), size: Self.headerSize, isBold: true)
      }
      let header = FontMetrics.width(of: column.header, size: Self.headerSize, isBold: true)
      return max((cells.max() ?? 0) + bar + 1, min(header, 110), words.max() ?? 0, 20)
    }
    let available = width - Self.gap * Double(max(widths.count - 1, 0))
    while widths.reduce(0, +) > available, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 40
    {
      let second = widths.filter { $0 < widths[widest] }.max() ?? 40
      let excess = widths.reduce(0, +) - available
      widths[widest] = max(widths[widest] - max(excess, 1), min(second, widths[widest] - 1), 40)
    }
    return widths
  }
}
