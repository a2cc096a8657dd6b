/// A canvas that draws pixels with Cairo and writes PNG; text is set in DejaVu Sans.
struct CairoCanvas: Canvas {
  private let surface: CairoSurface
  private let width: Int
  private let height: Int

  /// The longest edge in device pixels that Cairo draws on.
  private static let maximumEdge = 32_000.0
  /// The most device pixels, four bytes each.
  private static let maximumArea = 36_000_000.0

  /// Starts a white drawing of `width` x `height` CSS pixels with `scale` device pixels to each, fewer where the
  /// drawing would get too large for Cairo or take much memory. Throws `DocumentError` with code `drawing`.
  init(width: Double, height: Double, scale: Double = 2) throws(DocumentError) {
    let longest = max(width, height)
    guard longest.isFinite, longest <= Self.maximumEdge, width >= 1, height >= 1 else {
      throw DocumentError(.drawing, "a drawing of \(width)x\(height) is too large or empty; draw fewer items")
    }
    let scale = min(
      scale > 0 ? scale : 1, Self.maximumEdge / longest, (Self.maximumArea / (width * height)).squareRoot())
    self.width = Int(width.rounded(.up))
    self.height = Int(height.rounded(.up))
    surface = try CairoSurface(width: Int((width * scale).rounded(.up)), height: Int((height * scale).rounded(.up)))
    surface.scale(scale)
  }

  /// The drawing as a PNG file, to be seen at its size in CSS pixels.
  func png() throws(DocumentError) -> EncodedPicture {
    EncodedPicture(mediaType: "image/png", bytes: try surface.png(), width: width, height: height)
  }

  /// The drawing's device pixels.
  func picture() throws(DocumentError) -> Picture { try surface.picture() }

  mutating func fill(_ rect: Rect, _ color: Color, cornerRadius: Double) {
    surface.setColor(color)
    surface.addRectangle(rect, cornerRadius: cornerRadius)
    surface.fill()
  }

  mutating func fill(_ corners: [Point], _ color: Color) {
    surface.setColor(color)
    surface.addLine(corners, isClosed: true)
    surface.fill()
  }

  mutating func fill(circleAt center: Point, radius: Double, _ color: Color) {
    surface.setColor(color)
    surface.addCircle(center, radius: radius)
    surface.fill()
  }

  mutating func stroke(_ points: [Point], _ color: Color, width: Double, dash: [Double]) {
    surface.setColor(color)
    surface.addLine(points, isClosed: false)
    surface.stroke(width: width, dash: dash)
  }

  mutating func write(_ text: String, at place: Point, _ style: TextStyle) {
    surface.setColor(style.color)
    surface.show(text, at: place, size: style.size, isBold: style.isBold, anchor: style.anchor)
  }

  mutating func draw(_ picture: Picture, in rect: Rect) {
    guard rect.width > 0, rect.height > 0,
      let source = try? CairoSurface(width: picture.width, height: picture.height)
    else { return }
    source.setPixels(picture)
    surface.show(source, in: rect)
  }
}
