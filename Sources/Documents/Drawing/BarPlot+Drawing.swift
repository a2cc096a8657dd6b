extension BarPlot: Drawing {
  private var barHeight: Double { series.count > 1 ? 12 : 16 }
  private var groupHeight: Double { barHeight * Double(max(series.count, 1)) + (series.count > 1 ? 10 : 8) }
  private var legend: Legend {
    Legend(
      names: series.map(\.name), colors: Palette.colors(isReference: series.map(\.isReference)), hasMarkers: false)
  }

  func height(width: Double) -> Double {
    legend.height(width: width) + Double(categories.count) * groupHeight + 40
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    let legendHeight = legend.height(width: frame.width)
    legend.draw(on: &canvas, in: Rect(x: frame.x, y: frame.y, width: frame.width, height: legendHeight))
    let label = TextStyle(size: 12)
    let labelWidth = min(
      categories.map { FontMetrics.width(of: $0, size: label.size) }.max() ?? 0, frame.width * 0.4)
    let valueWidth = allValues.map { FontMetrics.width(of: text($0), size: 11) }.max() ?? 0
    let hasNegative = allValues.contains { $0 < 0 }
    var axis = axis
    axis.includesZero = true
    let scale = Scale(
      allValues, axis: axis, start: frame.x + labelWidth + 10 + (hasNegative ? valueWidth + 6 : 0),
      end: frame.maxX - valueWidth - 8, about: 5)
    let top = frame.y + legendHeight
    let bottom = top + Double(categories.count) * groupHeight
    drawGrid(on: &canvas, scale, top: top, bottom: bottom, frame)
    let colors = Palette.colors(isReference: series.map(\.isReference))
    for (category, name) in categories.enumerated() {
      let groupTop = top + Double(category) * groupHeight
      canvas.write(name, x: frame.x, centeredAt: groupTop + groupHeight / 2, label, limit: labelWidth + 0.5)
      for (index, series) in series.enumerated() {
        guard let value = series.value(category) else { continue }
        let padding = (groupHeight - barHeight * Double(self.series.count)) / 2
        let y = groupTop + padding + barHeight * Double(index)
        let (zero, end) = (scale.place(0), scale.place(value))
        let bar = Rect(x: min(zero, end), y: y + 1, width: abs(end - zero), height: barHeight - 2)
        canvas.fill(bar, colors[index])
        let style = TextStyle(size: 11, color: Palette.ink, anchor: value < 0 ? .end : .start)
        let x = end + (value < 0 ? -5 : 5)
        canvas.writeOnPatch(text(value), x: x, centeredAt: y + barHeight / 2, style, limit: .infinity)
      }
    }
    canvas.stroke(Point(x: scale.place(0), y: top), Point(x: scale.place(0), y: bottom), Palette.quiet)
  }

  private func drawGrid(on canvas: inout some Canvas, _ scale: Scale, top: Double, bottom: Double, _ frame: Rect) {
    let style = TextStyle(size: 11, color: Palette.quiet, anchor: .middle)
    for tick in scale.ticks.values {
      let x = scale.place(tick)
      canvas.stroke(Point(x: x, y: top), Point(x: x, y: bottom), Palette.line)
      canvas.write(scale.text(tick), x: x, centeredAt: bottom + 11, style)
    }
    let title = TextStyle(size: 11, color: Palette.quiet, anchor: .end)
    canvas.write(axis.label, x: frame.maxX, centeredAt: bottom + 30, title, limit: frame.width)
  }

  private func text(_ value: Double) -> String { axis.format.cellText(for: value) }
}
