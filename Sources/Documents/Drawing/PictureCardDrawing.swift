/// A picture card as drawn: name and verdict above, the picture on the left, its bars beside it.
struct PictureCardDrawing: Drawing {
  let card: PictureCard
  /// The edge of the square that the picture is fitted into.
  let edge: Double
  /// Whether the bars keep clear of the whole square, so that they line up from card to card.
  let keepsSquare: Bool

  private static let gap = 16.0
  private var headerHeight: Double { card.verdict == nil ? 24 : 42 }
  private var footerHeight: Double { card.note.isEmpty ? 0 : 20 }
  private var pictureSize: (width: Double, height: Double) {
    guard let picture = card.picture else { return (edge, edge * 0.6) }
    let longest = Double(max(picture.width, picture.height))
    return (Double(picture.width) * edge / longest, Double(picture.height) * edge / longest)
  }

  func height(width: Double) -> Double {
    let bars = card.barLists.map { $0.height(width: 0) }.max() ?? 0
    return headerHeight + max(pictureSize.height, bars) + footerHeight
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    canvas.write(
      card.caption, x: frame.x, centeredAt: frame.y + 8, TextStyle(size: 13, isBold: true), limit: frame.width)
    if let verdict = card.verdict {
      let style = TextStyle(
        size: 11.5, color: verdict.isAlarming ? Palette.alarm : Palette.quiet, isBold: verdict.isAlarming)
      canvas.write(verdict.markedText, x: frame.x, centeredAt: frame.y + 26, style, limit: frame.width)
    }
    let top = frame.y + headerHeight
    let size = pictureSize
    let pictureFrame = Rect(x: frame.x, y: top, width: size.width, height: size.height)
    if let picture = card.picture {
      canvas.draw(picture, in: pictureFrame)
    } else {
      canvas.fill(pictureFrame, Palette.wash)
      let style = TextStyle(size: 11, color: Palette.quiet, anchor: .middle)
      canvas.write("no picture", x: pictureFrame.midX, centeredAt: pictureFrame.midY, style, limit: size.width)
    }
    let count = Double(card.barLists.count)
    let left = frame.x + (keepsSquare ? edge : size.width) + Self.gap
    let columnWidth = (frame.maxX - left - Self.gap * (count - 1)) / max(count, 1)
    for (index, list) in card.barLists.enumerated() {
      let x = left + (columnWidth + Self.gap) * Double(index)
      list.draw(on: &canvas, in: Rect(x: x, y: top, width: columnWidth, height: list.height(width: columnWidth)))
    }
    if !card.note.isEmpty {
      let style = TextStyle(size: 11, color: Palette.quiet)
      canvas.write(card.note, x: frame.x, centeredAt: frame.maxY - 7, style, limit: frame.width)
    }
  }
}
