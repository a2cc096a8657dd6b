/// A canvas that writes SVG; the same drawing gives the same bytes on every machine.
struct SVGCanvas: Canvas {
  private let width: Double
  private let height: Double
  private let description: String
  private var elements = ""

  /// Starts an empty drawing; `description` stands for it where pictures do not show.
  init(width: Double, height: Double, description: String) {
    self.width = width
    self.height = height
    self.description = description
  }

  /// The whole file.
  var text: String {
    let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    return """
      <svg xmlns="http://www.w3.org/2000/svg" \(size) viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
      role="img" aria-label="\(escapedHTML(description))" font-family="DejaVu Sans, Verdana, sans-serif">
      \(elements)</svg>

      """
  }

  mutating func fill(_ rect: Rect, _ color: Color, cornerRadius: Double) {
    let radius = cornerRadius > 0 ? " rx=\"\(Self.number(cornerRadius))\"" : ""
    add("rect \(Self.attributes(rect))\(radius) fill=\"\(color.hex)\"/")
  }

  mutating func fill(_ corners: [Point], _ color: Color) {
    add("polygon points=\"\(Self.list(corners))\" fill=\"\(color.hex)\"/")
  }

  mutating func fill(circleAt center: Point, radius: Double, _ color: Color) {
    let place = "cx=\"\(Self.number(center.x))\" cy=\"\(Self.number(center.y))\""
    add("circle \(place) r=\"\(Self.number(radius))\" fill=\"\(color.hex)\"/")
  }

  mutating func stroke(_ points: [Point], _ color: Color, width: Double, dash: [Double]) {
    guard points.count > 1 else { return }
    let dashes = dash.isEmpty ? "" : " stroke-dasharray=\"\(dash.map(Self.number).joined(separator: " "))\""
    let pen = "stroke=\"\(color.hex)\" stroke-width=\"\(Self.number(width))\"\(dashes)"
    add("polyline points=\"\(Self.list(points))\" fill=\"none\" \(pen)/")
  }

  mutating func write(_ text: String, at place: Point, _ style: TextStyle) {
    var attributes =
      "x=\"\(Self.number(place.x))\" y=\"\(Self.number(place.y))\" font-size=\"\(Self.number(style.size))\""
    if style.isBold { attributes += " font-weight=\"bold\"" }
    if style.anchor != .start { attributes += " text-anchor=\"\(style.anchor.rawValue)\"" }
    add("text \(attributes) fill=\"\(style.color.hex)\">\(escapedHTML(text))</text")
  }

  mutating func draw(_ picture: Picture, in rect: Rect) {
    add("image \(Self.attributes(rect)) preserveAspectRatio=\"none\" href=\"\(picture.jpeg().dataURL)\"/")
  }

  private mutating func add(_ element: String) {
    elements += "<" + element + ">\n"
  }

  private static func attributes(_ rect: Rect) -> String {
    "x=\"\(number(rect.x))\" y=\"\(number(rect.y))\" width=\"\(number(rect.width))\" height=\"\(number(rect.height))\""
  }

  private static func list(_ points: [Point]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  private static func number(_ value: Double) -> String {
    var digits = DecimalDigits(value)
    digits.round(decimals: 2)
    return (value < 0 && !digits.isZero ? "-" : "") + digits.positional(decimals: 0, grouping: false)
  }
}
