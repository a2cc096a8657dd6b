/// The grid, ticks and titles around a plot with a horizontal and a vertical scale.
struct PlotArea {
  let x: Scale
  let y: Scale
  let rect: Rect

  /// Lays the area out inside a frame, with room for tick texts and titles.
  init(x: Scale, y: Scale, in frame: Rect) {
    let left = frame.x + y.textWidth(size: 11) + 8
    let right = frame.maxX - x.textWidth(size: 11) / 2 - 4
    rect = Rect(x: left, y: frame.y + 22, width: max(right - left, 1), height: max(frame.height - 22 - 42, 1))
    self.x = x.placed(from: rect.x, to: rect.maxX)
    self.y = y.placed(from: rect.maxY, to: rect.y)
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    let quiet = TextStyle(size: 11, color: Palette.quiet)
    canvas.write(y.axis.label, x: frame.x, centeredAt: frame.y + 6, quiet, limit: frame.width)
    var trailing = quiet
    trailing.anchor = .end
    for tick in y.ticks.values {
      let place = y.place(tick)
      canvas.stroke(Point(x: rect.x, y: place), Point(x: rect.maxX, y: place), Palette.line)
      canvas.write(y.text(tick), x: rect.x - 6, centeredAt: place, trailing)
    }
    var middle = quiet
    middle.anchor = .middle
    for tick in x.ticks.values {
      let place = x.place(tick)
      canvas.stroke(Point(x: place, y: rect.maxY), Point(x: place, y: rect.maxY + 4), Palette.quiet)
      canvas.write(x.text(tick), x: place, centeredAt: rect.maxY + 13, middle)
    }
    canvas.stroke(Point(x: rect.x, y: rect.maxY), Point(x: rect.maxX, y: rect.maxY), Palette.quiet)
    canvas.write(x.axis.label, x: frame.maxX, centeredAt: rect.maxY + 32, trailing, limit: frame.width)
  }

  func point(_ x: Double, _ y: Double) -> Point {
    Point(x: self.x.place(x), y: self.y.place(y))
  }
}
