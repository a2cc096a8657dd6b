/// The names of series with their colours and shapes, side by side in as many lines as needed.
struct Legend: Drawing {
  let names: [String]
  let colors: [Color]
  let hasMarkers: Bool

  private static let size = 11.0
  private static let lineHeight = 20.0

  func height(width: Double) -> Double {
    guard names.count > 1 else { return 0 }
    return (places(width).last?.y ?? 0) + Self.lineHeight + 4
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    guard names.count > 1 else { return }
    let markers = Marker.allCases
    for (index, place) in places(frame.width).enumerated() {
      let center = Point(x: frame.x + place.x + 5, y: frame.y + place.y + Self.lineHeight / 2)
      let marker = hasMarkers ? markers[index % markers.count] : .square
      canvas.draw(marker, at: center, radius: hasMarkers ? 4 : 5, colors[index])
      let limit = max(frame.width - place.x - 16, 0)
      canvas.write(names[index], x: center.x + 11, centeredAt: center.y, TextStyle(size: Self.size), limit: limit)
    }
  }

  private func places(_ width: Double) -> [Point] {
    var places: [Point] = []
    var next = Point(x: 0, y: 0)
    for name in names {
      let needed = 16 + FontMetrics.width(of: name, size: Self.size)
      if next.x > 0, next.x + needed > width { next = Point(x: 0, y: next.y + Self.lineHeight) }
      places.append(next)
      next.x += needed + 20
    }
    return places
  }
}
