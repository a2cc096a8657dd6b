/// Running text as drawn, with a mark at its left where it is set apart.
struct TextDrawing: Drawing {
  let text: String
  var style = TextStyle(size: 12)
  /// The colour of a bar at the left; nil for none.
  var mark: Color?

  private static let leading = 1.45
  private static let indent = 12.0
  private func lines(_ width: Double) -> [String] {
    VisibleText.lines(text).split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      FontMetrics.lines(
        of: String(line), width - (mark == nil ? 0 : Self.indent), size: style.size, isBold: style.isBold)
    }
  }

  func height(width: Double) -> Double { Double(max(lines(width).count, 1)) * style.size * Self.leading }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    var x = frame.x
    if let mark {
      canvas.fill(Rect(x: frame.x, y: frame.y, width: 3, height: frame.height), mark)
      x += Self.indent
    }
    for (index, line) in lines(frame.width).enumerated() {
      let y = frame.y + (Double(index) + 0.5) * style.size * Self.leading
      canvas.write(line, x: x, centeredAt: y, style)
    }
  }
}
