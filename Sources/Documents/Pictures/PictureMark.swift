/// A rectangle drawn onto a picture, with words at its corner.
public struct PictureMark: Sendable, Hashable {
  /// How the edges are drawn, so that marks differ by more than their colour.
  public enum Style: Sendable, Hashable {
    /// Solid blue lines.
    case solid
    /// Dashed orange lines.
    case dashed
  }

  /// The edges in fractions of the picture's width and height.
  public var (left, top, right, bottom): (Double, Double, Double, Double)
  /// The words; empty for none.
  public var label: String
  /// How the edges are drawn.
  public var style: Style

  /// Makes a mark.
  public init(left: Double, top: Double, right: Double, bottom: Double, label: String, style: Style = .solid) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    self.label = label
    self.style = style
  }
}

/// Words on a picture.
public struct PictureLabel: Sendable, Hashable {
  /// The middle, in fractions of the picture's width and height.
  public var (x, y): (Double, Double)
  /// The words.
  public var text: String

  /// Makes a label.
  public init(x: Double, y: Double, text: String) {
    (self.x, self.y) = (x, y)
    self.text = text
  }
}

extension Picture {
  private static let textSize = 10.0
  private static let titleHeight = 18.0
  private static let gap = 8

  /// The picture with marks and labels on it, those of solid lines on top.
  ///
  /// - Throws: `DocumentError` with code `drawing`.
  public func marked(_ marks: [PictureMark], labels: [PictureLabel] = []) throws(DocumentError) -> Picture {
    var canvas = try CairoCanvas(width: Double(width), height: Double(height), scale: 1)
    canvas.draw(self, in: Rect(x: 0, y: 0, width: Double(width), height: Double(height)))
    for style in [PictureMark.Style.dashed, .solid] {
      for mark in marks where mark.style == style { draw(mark, on: &canvas) }
    }
    for label in labels {
      let style = TextStyle(size: Self.textSize, isBold: true, anchor: .middle)
      let half = min(FontMetrics.width(of: label.text, size: Self.textSize, isBold: true), Double(width)) / 2 + 3
      let x = min(max(label.x * Double(width), half), max(Double(width) - half, half))
      let y = min(max(label.y * Double(height), 7), max(Double(height) - 7, 7))
      canvas.writeOnPatch(label.text, x: x, centeredAt: y, style, limit: Double(width) - 6)
    }
    return try canvas.picture()
  }

  private func draw(_ mark: PictureMark, on canvas: inout CairoCanvas) {
    let (width, height) = (Double(width), Double(height))
    func within(_ value: Double, _ limit: Double) -> Double { value.isFinite ? min(max(value, 0), 1) * limit : 0 }
    let (left, right) = (within(mark.left, width - 2) + 1, within(mark.right, width - 2) + 1)
    let (top, bottom) = (within(mark.top, height - 2) + 1, within(mark.bottom, height - 2) + 1)
    let isSolid = mark.style == .solid
    let color = isSolid ? Palette.accent : Palette.orange
    let outline = [
      Point(x: left, y: top), Point(x: right, y: top), Point(x: right, y: bottom), Point(x: left, y: bottom),
      Point(x: left, y: top),
    ]
    // A light line beneath keeps the mark visible on dark pictures.
    canvas.stroke(outline, Palette.background, width: 3.5, dash: [])
    canvas.stroke(outline, color, width: 2, dash: isSolid ? [] : [5, 4])
    guard !mark.label.isEmpty else { return }
    let text = FontMetrics.fitting(VisibleText.line(mark.label), width - 6, size: Self.textSize, isBold: true)
    let size = FontMetrics.width(of: text, size: Self.textSize, isBold: true) + 6
    let x = min(left, max(width - size, 0))
    // Words of solid marks stand at the upper edge, those of dashed ones at the lower, so that both can be read.
    let y = isSolid ? max(top - 13, 0) : min(bottom, max(height - 13, 0))
    canvas.fill(Rect(x: x, y: y, width: size, height: 13), color)
    let style = TextStyle(size: Self.textSize, color: Palette.background, isBold: true)
    canvas.write(text, x: x + 3, centeredAt: y + 6.5, style)
  }

  /// Pictures of the same height beside each other, each with its title above.
  ///
  /// - Throws: `DocumentError` with code `drawing`.
  public static func sideBySide(_ pictures: [(title: String, picture: Picture)]) throws(DocumentError) -> Picture {
    let width = pictures.reduce(0) { $0 + $1.picture.width } + gap * max(pictures.count - 1, 0)
    let height = Double(pictures.map(\.picture.height).max() ?? 1) + titleHeight
    var canvas = try CairoCanvas(width: Double(width), height: height, scale: 1)
    var x = 0
    for (title, picture) in pictures {
      let style = TextStyle(size: 11, isBold: true)
      canvas.write(title, x: Double(x), centeredAt: titleHeight / 2 - 1, style, limit: Double(picture.width))
      canvas.draw(
        picture,
        in: Rect(x: Double(x), y: titleHeight, width: Double(picture.width), height: Double(picture.height)))
      x += picture.width + gap
    }
    return try canvas.picture()
  }
}
