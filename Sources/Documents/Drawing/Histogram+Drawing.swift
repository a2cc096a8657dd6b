extension Histogram: Drawing {
  func height(width: Double) -> Double { 260 }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    var valueAxis = axis
    valueAxis.includesZero = false
    let heights = counts.map(Double.init)
    let most = heights.max() ?? 0
    let countAxis = Axis(countTitle, format: .integer)
    let area = PlotArea(
      x: Scale(edges, axis: valueAxis, start: 0, end: 1, about: 8),
      y: Scale([0, max(most, 1)], axis: countAxis, start: 0, end: 1, about: most < 5 ? Int(max(most, 1)) : 5),
      in: frame)
    area.draw(on: &canvas, in: frame)
    for index in counts.indices where counts[index] > 0 {
      let upper = area.point(edges[index], heights[index])
      let right = area.x.place(edges[index + 1])
      let bar = Rect(
        x: upper.x + 0.5, y: upper.y, width: max(right - upper.x - 1, 0.5), height: area.rect.maxY - upper.y)
      canvas.fill(bar, Palette.accent)
    }
  }
}
