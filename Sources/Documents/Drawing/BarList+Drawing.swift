extension BarList: Drawing {
  private static let rowHeight = 24.0
  private static let titleHeight = 20.0

  func height(width: Double) -> Double {
    Self.titleHeight + Self.rowHeight * Double(bars.count)
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    let title = TextStyle(size: 11, color: Palette.quiet, isBold: true)
    canvas.write(self.title, x: frame.x, centeredAt: frame.y + 7, title, limit: frame.width)
    for (index, bar) in bars.enumerated() {
      let y = frame.y + Self.titleHeight + Self.rowHeight * Double(index)
      let value = format.string(for: bar.value)
      let style = TextStyle(size: 11, isBold: bar.isMarked)
      var valueStyle = style
      valueStyle.anchor = .end
      let valueWidth = FontMetrics.width(of: value, size: 11, isBold: bar.isMarked)
      canvas.write(bar.label, x: frame.x, centeredAt: y + 7, style, limit: frame.width - valueWidth - 8)
      canvas.write(value, x: frame.maxX, centeredAt: y + 7, valueStyle)
      let track = Rect(x: frame.x, y: y + 15, width: frame.width, height: 4)
      canvas.fill(track, Palette.wash, cornerRadius: 2)
      let fraction = fraction(of: bar)
      if fraction > 0 {
        let filled = Rect(x: track.x, y: track.y, width: max(track.width * fraction, 1), height: track.height)
        canvas.fill(filled, bar.isMarked ? Palette.accent : Palette.reference, cornerRadius: 2)
      }
    }
  }
}
