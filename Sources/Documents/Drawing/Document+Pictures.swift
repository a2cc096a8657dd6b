extension Document {
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
    case .details(_, let blocks): blocks.flatMap(\.drawings)
    default: []
    }
  }
}
