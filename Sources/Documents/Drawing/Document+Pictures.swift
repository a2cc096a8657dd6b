extension Document {
  /// The whole document as one PNG file on a white card: figures, text, tables, charts and galleries.
  ///
  /// All tables together have up to 600 rows, and all galleries up to 120 cards; what does not fit is counted in the
  /// picture and in the omissions. Throws `DocumentError` with code `drawing`.
  public func pagePNG(scale: Double = 2) throws(DocumentError) -> Rendering<EncodedPicture> {
    var room = PageRoom()
    var drawings: [any Drawing] = []
    if !subtitle.isEmpty {
      drawings.append(TextDrawing(text: subtitle.plainText, style: TextStyle(size: 12, color: Palette.quiet)))
    }
    for block in blocks { drawings += block.pageDrawings(&room) }
    let page = DrawnPage(title: title, drawings: drawings, width: 980, description: title)
    return Rendering(try page.png(scale: scale), omissions: drawings.compactMap(\.omission))
  }

  /// The charts and galleries of the document, below its title, as one PNG file on a white card.
  ///
  /// Nil where the document has neither. Throws `DocumentError` with code `drawing`.
  public func png(scale: Double = 2) throws(DocumentError) -> EncodedPicture? {
    let drawings = blocks.flatMap(\.drawings)
    guard !drawings.isEmpty else { return nil }
    let hasGallery = drawings.contains { $0 is GalleryDrawing }
    let page = DrawnPage(title: title, drawings: drawings, width: hasGallery ? 940 : 640, description: title)
    return try page.png(scale: scale)
  }
}

/// How much more a picture of a page may hold, so that every viewer can open it.
private struct PageRoom {
  private static let leastRowCount = 10
  private var rowCount = 600
  private var cardCount = 120

  /// How many rows of a table are drawn; some of every table.
  mutating func rows(of table: Table) -> Int {
    let count = min(table.rows.count, max(rowCount, Self.leastRowCount))
    rowCount = max(rowCount - count, 0)
    return count
  }

  /// How many cards of a gallery are drawn; at least one.
  mutating func cards(of grid: ImageGrid) -> Int {
    let count = min(grid.cards.count, max(cardCount, 1))
    cardCount = max(cardCount - count, 0)
    return count
  }
}

extension Block {
  fileprivate var drawings: [any Drawing] {
    switch self {
    case .chart(let chart): [chart]
    case .gallery(let grid): grid.cards.isEmpty ? [] : [GalleryDrawing(grid: grid)]
    case .diagram(let diagram): [diagram]
    case .details(_, let blocks): blocks.flatMap(\.drawings)
    default: []
    }
  }

  fileprivate func pageDrawings(_ room: inout PageRoom) -> [any Drawing] {
    switch self {
    case .heading(let text, _): return [TextDrawing(text: text, style: TextStyle(size: 14, isBold: true))]
    case .paragraph(let text): return [TextDrawing(text: text.plainText)]
    case .list(let items): return items.map { TextDrawing(text: "• " + $0.plainText) }
    case .facts(let facts): return facts.facts.isEmpty ? [] : [facts]
    case .table(let table): return [TableDrawing(table: table, rowLimit: room.rows(of: table))]
    case .gallery(let grid):
      return grid.cards.isEmpty ? [] : [GalleryDrawing(grid: grid, cardLimit: room.cards(of: grid))]
    case .callout(let callout):
      return [
        TextDrawing(
          text: "\(callout.kind.label): \(callout.text.plainText)",
          mark: callout.kind == .note ? Palette.accent : Palette.alarm)
      ]
    case .code(let code): return [TextDrawing(text: code)]
    case .details(let summary, let blocks):
      var drawings: [any Drawing] = [TextDrawing(text: summary, style: TextStyle(size: 12, isBold: true))]
      for block in blocks { drawings += block.pageDrawings(&room) }
      return drawings
    case .progress: return []
    case .chart, .diagram: return drawings
    }
  }
}
