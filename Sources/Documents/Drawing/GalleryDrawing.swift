/// A gallery as drawn: its first cards, and how many more there are.
struct GalleryDrawing: Drawing {
  let grid: ImageGrid
  /// How many cards are drawn at most; a notebook keeps every byte of its pictures.
  var cardLimit = 24

  private static let padding = 14.0
  private static let gap = 14.0
  private var drawnCards: ArraySlice<PictureCard> { grid.cards.prefix(cardLimit) }
  private var rowStarts: [Int] { Array(stride(from: 0, to: drawnCards.count, by: drawnColumnCount)) }
  private var drawnColumnCount: Int { max(min(grid.columnCount, drawnCards.count), 1) }
  private var titleHeight: Double { grid.title.isEmpty ? 0 : 26 }
  private var moreHeight: Double { omission == nil ? 0 : 26 }

  var omission: String? {
    let more = grid.cards.count - drawnCards.count
    return more > 0 ? Table.Noun("picture", "pictures").counted(more, "more") + " not drawn" : nil
  }

  func height(width: Double) -> Double {
    let rows = rowStarts.map { rowHeight($0, width: width) }
    return titleHeight + rows.reduce(0, +) + Self.gap * Double(max(rows.count - 1, 0)) + moreHeight
  }

  func draw(on canvas: inout some Canvas, in frame: Rect) {
    if !grid.title.isEmpty {
      canvas.write(
        grid.title, x: frame.x, centeredAt: frame.y + 9, TextStyle(size: 14, isBold: true), limit: frame.width)
    }
    let width = cardWidth(frame.width)
    var y = frame.y + titleHeight
    for start in rowStarts {
      let height = rowHeight(start, width: frame.width)
      for (column, card) in drawnCards.dropFirst(start).prefix(drawnColumnCount).enumerated() {
        let outer = Rect(
          x: frame.x + (width + Self.gap) * Double(column), y: y, width: width, height: height)
        canvas.fill(outer, Palette.line, cornerRadius: 6)
        canvas.fill(outer.inset(1), Palette.background, cornerRadius: 5)
        drawing(card, width).draw(on: &canvas, in: outer.inset(Self.padding))
      }
      y += height + Self.gap
    }
    if let omission {
      canvas.write(omission, x: frame.x, centeredAt: frame.maxY - 8, TextStyle(size: 12, color: Palette.quiet))
    }
  }

  private func cardWidth(_ width: Double) -> Double {
    (width - Self.gap * Double(drawnColumnCount - 1)) / Double(drawnColumnCount)
  }

  private func rowHeight(_ start: Int, width: Double) -> Double {
    let width = cardWidth(width)
    let heights = drawnCards.dropFirst(start).prefix(drawnColumnCount).map {
      drawing($0, width).height(width: width - 2 * Self.padding)
    }
    return (heights.max() ?? 0) + 2 * Self.padding
  }

  private func drawing(_ card: PictureCard, _ width: Double) -> PictureCardDrawing {
    PictureCardDrawing(
      card: card, edge: edge(card, width), keepsSquare: grid.cards.count > 1)
  }

  private func edge(_ card: PictureCard, _ width: Double) -> Double {
    if let edge = card.pictureEdge, card.barLists.isEmpty { return min(Double(edge), width - 2 * Self.padding) }
    return drawnColumnCount == 1 ? min(width * 0.3, 224) : width * 0.26
  }
}
