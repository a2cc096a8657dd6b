extension Document {
  /// The whole document as one PNG file on a white card: figures, text, tables, charts and galleries.
  ///
  /// Tables are cut to their first rows and say so. Throws `DocumentError` with code `drawing`.
  public func pagePNG(scale: Double = 2) throws(DocumentError) -> EncodedPicture {
    var drawings: [any Drawing] = []
    if !subtitle.isEmpty {
      drawings.append(TextDrawing(text: subtitle.plainText, style: TextStyle(size: 12, color: Palette.quiet)))
    }
    drawings += blocks.flatMap(\.pageDrawings)
    return try DrawnPage(title: title, drawings: drawings, width: 980, description: title).png(scale: scale)
  }

  /// The charts and galleries of the document, below its title, as one PNG file on a white card.
  ///
  /// Nil where the document has neither. Throws `DocumentError` with code `drawing`.
  public func png(scale: Double = 2) throws(DocumentError) -> EncodedPicture? {
    let drawings = blocks.flatMap(\.drawings)
    guard !drawings.isEmpty else { return nil }
    let hasGallery = drawings.contains { $0 is ImageGrid }
    let page = DrawnPage(title: title, drawings: drawings, width: hasGallery ? 940 : 640, description: title)
    return try page.png(scale: scale)
  }
}

extension Block {
  fileprivate var drawings: [any Drawing] {
    switch self {
    case .chart(let chart): [chart]
    case .gallery(let grid): grid.cards.isEmpty ? [] : [grid]
    case .diagram(let diagram): [diagram]
    case .details(_, let blocks): blocks.flatMap(\.drawings)
    default: []
    }
  }

  fileprivate var pageDrawings: [any Drawing] {
    switch self {
    case .heading(let text, _): [TextDrawing(text: text, style: TextStyle(size: 14, isBold: true))]
    case .paragraph(let text): [TextDrawing(text: text.plainText)]
    case .list(let items): items.map { TextDrawing(text: "• " + $0.plainText) }
    case .facts(let facts): facts.facts.isEmpty ? [] : [facts]
    case .table(let table): [TableDrawing(table: table)]
    case .callout(let callout):
      [
        TextDrawing(
          text: "\(callout.kind.label): \(callout.text.plainText)",
          mark: callout.kind == .note ? Palette.accent : Palette.alarm)
      ]
    case .code(let code): [TextDrawing(text: code)]
    case .details(let summary, let blocks):
      [TextDrawing(text: summary, style: TextStyle(size: 12, isBold: true))] + blocks.flatMap(\.pageDrawings)
    case .progress: []
    case .chart, .gallery, .diagram: drawings
    }
  }
}
