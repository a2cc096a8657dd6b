extension LinePlot: Drawing {
  private var colors: [Color] { Palette.colors(isReference: series.map(\.isReference)) }
  private var legend: Legend { Legend(names: series.map(\.name), colors: colors, hasMarkers: true) }

  func height(width: Double) -> Double {
    legend.height(width: width) + 300
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    let legendHeight = legend.height(width: frame.width)
    legend.draw(on: &canvas, in: Rect(x: frame.x, y: frame.y, width: frame.width, height: legendHeight))
    let inner = Rect(
      x: frame.x, y: frame.y + legendHeight, width: frame.width, height: frame.height - legendHeight)
    let area = PlotArea(
      x: Scale(xValues, axis: xAxis, start: 0, end: 1, about: 7),
      y: Scale(yValues, axis: yAxis, start: 0, end: 1, about: 5), in: inner)
    area.draw(on: &canvas, in: inner)
    for guide in guides where guide.value.isFinite { draw(guide, on: &canvas, area) }
    for (index, series) in series.enumerated() {
      let points = series.finiteSamples.map { area.point($0.x, $0.y) }
      if series.isConnected { canvas.stroke(points, colors[index], width: 2, dash: []) }
      for point in points {
        canvas.draw(Marker.allCases[index % Marker.allCases.count], at: point, radius: 3.5, colors[index])
      }
      for (place, sample) in series.finiteSamples.enumerated() where !sample.label.isEmpty {
        let point = points[place]
        let isLeft = point.x < area.rect.midX
        let neighbor = isLeft ? place + 1 : place - 1
        let isBelow = points.indices.contains(neighbor) && points[neighbor].y < point.y
        let style = TextStyle(size: 11, anchor: isLeft ? .start : .end)
        canvas.writeOnPatch(
          sample.label, x: point.x + (isLeft ? 8 : -8), centeredAt: point.y + (isBelow ? 12 : -12), style,
          limit: area.rect.width / 2)
      }
    }
  }

  private func draw(_ guide: Guide, on canvas: inout some Canvas, _ area: PlotArea) {
    let style = TextStyle(size: 11, color: Palette.alarm)
    switch guide.direction {
    case .x:
      let x = area.x.place(guide.value)
      canvas.stroke(Point(x: x, y: area.rect.y), Point(x: x, y: area.rect.maxY), Palette.alarm, dash: [5, 4])
      let isLeft = x < area.rect.midX
      var words = style
      words.anchor = isLeft ? .start : .end
      canvas.write(
        guide.label, x: x + (isLeft ? 5 : -5), centeredAt: area.rect.y - 6, words, limit: area.rect.width / 2)
    case .y:
      let y = area.y.place(guide.value)
      canvas.stroke(Point(x: area.rect.x, y: y), Point(x: area.rect.maxX, y: y), Palette.alarm, dash: [5, 4])
      canvas.write(guide.label, x: area.rect.x + 5, centeredAt: y - 8, style, limit: area.rect.width)
    }
  }
}
