extension FactList: Drawing {
  private static let labelSize = 11.0
  private static let valueSize = 20.0
  private static let noteSize = 10.5
  private static let gap = 24.0
  private static let lineHeight = 20.0

  func height(width: Double) -> Double {
    guard style == .headline else { return Double(facts.count) * Self.lineHeight }
    let column = columnWidth(width)
    let notes = facts.map { noteLines($0, column).count }.max() ?? 0
    return 18 + 26 + Double(notes) * 15
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    if style == .headline { drawFigures(on: &canvas, in: frame) } else { drawList(on: &canvas, in: frame) }
  }

  private func columnWidth(_ width: Double) -> Double {
    let count = Double(max(facts.count, 1))
    return min((width - Self.gap * (count - 1)) / count, 300)
  }

  private func noteLines(_ fact: Fact, _ column: Double) -> [String] {
    FontMetrics.lines(of: VisibleText.line(fact.note), column - 12, size: Self.noteSize, limit: 4)
  }

  private func drawFigures(on canvas: inout some Canvas, in frame: Rect) {
    let column = columnWidth(frame.width)
    for (index, fact) in facts.enumerated() {
      let x = frame.x + Double(index) * (column + Self.gap)
      let edge = Rect(x: x, y: frame.y, width: 2, height: frame.height)
      canvas.fill(edge, index == 0 ? Palette.accent : Palette.line)
      let quiet = TextStyle(size: Self.labelSize, color: Palette.quiet)
      canvas.write(fact.label, x: x + 12, centeredAt: frame.y + 8, quiet, limit: column - 12)
      let value = TextStyle(size: Self.valueSize, isBold: true)
      canvas.write(fact.value, x: x + 12, centeredAt: frame.y + 30, value, limit: column - 12)
      for (line, text) in noteLines(fact, column).enumerated() {
        let style = TextStyle(size: Self.noteSize, color: Palette.quiet)
        canvas.write(text, x: x + 12, centeredAt: frame.y + 52 + Double(line) * 15, style)
      }
    }
  }

  private func drawList(on canvas: inout some Canvas, in frame: Rect) {
    let labels = facts.map { FontMetrics.width(of: VisibleText.line($0.label), size: 12) }
    let labelWidth = min((labels.max() ?? 0) + 24, frame.width * 0.4)
    for (index, fact) in facts.enumerated() {
      let y = frame.y + (Double(index) + 0.5) * Self.lineHeight
      canvas.write(
        fact.label, x: frame.x, centeredAt: y, TextStyle(size: 12, color: Palette.quiet), limit: labelWidth - 12)
      canvas.write(
        fact.value + (fact.note.isEmpty ? "" : "  (\(fact.note))"), x: frame.x + labelWidth, centeredAt: y,
        TextStyle(size: 12), limit: frame.width - labelWidth)
    }
  }
}
