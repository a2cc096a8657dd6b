/// How a line of text is set.
struct TextStyle: Equatable {
  /// Which end of the text lies at the given place.
  enum Anchor: String {
    case start
    case middle
    case end
  }

  var size = 12.0
  var color = Palette.ink
  var isBold = false
  var anchor = Anchor.start
}

/// The shape of a data point, so that series differ by more than colour.
enum Marker: CaseIterable {
  case circle
  case square
  case triangle
  case diamond
}

/// A surface to draw on, in CSS pixels from the top left.
protocol Canvas {
  /// Fills a rectangle.
  mutating func fill(_ rect: Rect, _ color: Color, cornerRadius: Double)
  /// Fills a closed shape with straight edges.
  mutating func fill(_ corners: [Point], _ color: Color)
  /// Fills a circle.
  mutating func fill(circleAt center: Point, radius: Double, _ color: Color)
  /// Draws a line through points; `dash` holds lengths of strokes and gaps, nothing for a solid line.
  mutating func stroke(_ points: [Point], _ color: Color, width: Double, dash: [Double])
  /// Writes one line of text on the base line through `place`.
  mutating func write(_ text: String, at place: Point, _ style: TextStyle)
  /// Draws a picture, scaled to fill a rectangle.
  mutating func draw(_ picture: Picture, in rect: Rect)
}

extension Canvas {
  mutating func fill(_ rect: Rect, _ color: Color) {
    fill(rect, color, cornerRadius: 0)
  }

  mutating func stroke(_ from: Point, _ to: Point, _ color: Color, width: Double = 1, dash: [Double] = []) {
    stroke([from, to], color, width: width, dash: dash)
  }

  /// Writes one line of text whose capitals are centred on a height, cut with an ellipsis at `limit`.
  mutating func write(
    _ text: String, x: Double, centeredAt y: Double, _ style: TextStyle, limit: Double = .infinity
  ) {
    let text = FontMetrics.fitting(VisibleText.line(text), limit, size: style.size, isBold: style.isBold)
    write(text, at: Point(x: x, y: y + FontMetrics.capitalHeight * style.size / 2), style)
  }

  /// Writes one line of text on a patch of background, so that lines behind it do not cross it.
  mutating func writeOnPatch(_ text: String, x: Double, centeredAt y: Double, _ style: TextStyle, limit: Double) {
    let text = FontMetrics.fitting(VisibleText.line(text), limit, size: style.size, isBold: style.isBold)
    let width = FontMetrics.width(of: text, size: style.size, isBold: style.isBold)
    let left = style.anchor == .start ? x : (style.anchor == .end ? x - width : x - width / 2)
    let height = style.size + 1
    fill(Rect(x: left - 2, y: y - height / 2, width: width + 4, height: height), Palette.background)
    write(text, x: x, centeredAt: y, style)
  }

  /// Draws the shape of a data point.
  mutating func draw(_ marker: Marker, at center: Point, radius: Double, _ color: Color) {
    let (x, y, r) = (center.x, center.y, radius)
    switch marker {
    case .circle: fill(circleAt: center, radius: r, color)
    case .square: fill(Rect(x: x - r, y: y - r, width: 2 * r, height: 2 * r), color)
    case .triangle:
      fill([Point(x: x, y: y - r * 1.2), Point(x: x + r * 1.1, y: y + r), Point(x: x - r * 1.1, y: y + r)], color)
    case .diamond:
      let r = r * 1.3
      fill([Point(x: x, y: y - r), Point(x: x + r, y: y), Point(x: x, y: y + r), Point(x: x - r, y: y)], color)
    }
  }
}
