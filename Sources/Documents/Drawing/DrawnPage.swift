/// Drawings below each other on a white card with a margin, as SVG or PNG.
struct DrawnPage {
  let title: String
  let drawings: [any Drawing]
  let width: Double
  /// What stands for the page where pictures do not show.
  let description: String

  private static let margin = 18.0
  private static let gap = 24.0
  private var innerWidth: Double { width - 2 * Self.margin }
  private var titleHeight: Double { title.isEmpty ? 0 : 34 }

  private var height: Double {
    let content = drawings.map { $0.height(width: innerWidth) }.reduce(0, +)
    let gaps = Self.gap * Double(max(drawings.count - 1, 0))
    return (titleHeight + content + gaps + 2 * Self.margin).rounded(.up)
  }

  func svg() -> String {
    var canvas = SVGCanvas(width: width, height: height, description: description)
    draw(on: &canvas)
    return canvas.text
  }

  func png(scale: Double) throws(DocumentError) -> EncodedPicture { try drawn(scale).png() }

  func picture(scale: Double) throws(DocumentError) -> Picture { try drawn(scale).picture() }

  private func drawn(_ scale: Double) throws(DocumentError) -> CairoCanvas {
    var canvas = try CairoCanvas(width: width, height: height, scale: scale)
    draw(on: &canvas)
    return canvas
  }

  private func draw(on canvas: inout some Canvas) {
    canvas.fill(Rect(x: 0, y: 0, width: width, height: height), Palette.background)
    var y = Self.margin
    if !title.isEmpty {
      let style = TextStyle(size: 16, isBold: true)
      canvas.write(title, x: Self.margin, centeredAt: y + 9, style, limit: innerWidth)
      y += titleHeight
    }
    for drawing in drawings {
      let height = drawing.height(width: innerWidth)
      drawing.draw(on: &canvas, in: Rect(x: Self.margin, y: y, width: innerWidth, height: height))
      y += height + Self.gap
    }
  }
}
