extension Chart: Drawing {
  private var headerHeight: Double { (title.isEmpty ? 0 : 22) + (subtitle.isEmpty ? 0 : 18) }

  func height(width: Double) -> Double {
    headerHeight + drawing.height(width: width)
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    var y = frame.y
    if !title.isEmpty {
      canvas.write(title, x: frame.x, centeredAt: y + 8, TextStyle(size: 14, isBold: true), limit: frame.width)
      y += 22
    }
    if !subtitle.isEmpty {
      let style = TextStyle(size: 12, color: Palette.quiet)
      canvas.write(subtitle, x: frame.x, centeredAt: y + 6, style, limit: frame.width)
      y += 18
    }
    drawing.draw(on: &canvas, in: Rect(x: frame.x, y: y, width: frame.width, height: frame.maxY - y))
  }

  private var drawing: any Drawing {
    switch plot {
    case .bars(let bars): bars
    case .lines(let lines): lines
    case .histogram(let histogram): histogram
    case .heatMap(let map): map
    }
  }
}
