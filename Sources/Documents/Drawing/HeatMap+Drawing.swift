extension HeatMap: Drawing {
  private static let largestCell = 40.0
  private static let smallestCell = 14.0
  /// Numbers are written into cells of at least this width.
  private static let numberedCell = 22.0

  private func labelWidth(_ width: Double) -> Double {
    min(rows.map { FontMetrics.width(of: $0, size: 12) }.max() ?? 0, width * 0.3) + 8
  }

  private func cell(_ width: Double) -> Double {
    let room = (width - labelWidth(width)) / Double(max(columns.count, 1))
    return min(max(room, Self.smallestCell), Self.largestCell)
  }

  func height(width: Double) -> Double { 44 + Double(rows.count) * min(cell(width), 26) }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    let quiet = TextStyle(size: 11, color: Palette.quiet)
    let (label, side) = (labelWidth(frame.width), cell(frame.width))
    let height = min(side, 26)
    canvas.write(
      "Rows: \(rowTitle). Columns: \(columnTitle).", x: frame.x, centeredAt: frame.y + 6, quiet, limit: frame.width)
    let top = frame.y + 36
    for (index, name) in columns.enumerated() {
      let style = TextStyle(size: 10, color: Palette.quiet, anchor: .middle)
      let x = frame.x + label + (Double(index) + 0.5) * side
      canvas.write(name, x: x, centeredAt: top - 9, style, limit: side * 1.5)
    }
    for (row, name) in rows.enumerated() {
      let y = top + Double(row) * height
      canvas.write(name, x: frame.x, centeredAt: y + height / 2, TextStyle(size: 12), limit: label - 8)
      for column in columns.indices {
        let share = share(row, column)
        let rect = Rect(x: frame.x + label + Double(column) * side, y: y, width: side, height: height)
        canvas.fill(rect.inset(0.75), Palette.shade(share))
        let count = count(row, column)
        guard count > 0, side >= Self.numberedCell else { continue }
        let style = TextStyle(
          size: 10.5, color: share > 0.55 ? Palette.background : Palette.ink, anchor: .middle)
        canvas.write(
          NumberFormat.integer.string(for: count), x: rect.midX, centeredAt: rect.midY, style, limit: side - 2)
      }
    }
  }
}

extension Palette {
  /// The accent as light as a part is small, 0 to 1.
  static func shade(_ share: Double) -> Color {
    let part = share > 0 ? 0.12 + 0.88 * min(share, 1) : 0
    func mixed(_ from: UInt8, _ to: UInt8) -> UInt8 { UInt8(Double(from) + (Double(to) - Double(from)) * part) }
    var color = wash
    color.red = mixed(wash.red, accent.red)
    color.green = mixed(wash.green, accent.green)
    color.blue = mixed(wash.blue, accent.blue)
    return color
  }
}
