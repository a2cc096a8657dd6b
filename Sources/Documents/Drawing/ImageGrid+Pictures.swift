extension ImageGrid {
  private var page: DrawnPage {
    let description = (title.isEmpty ? "Gallery" : title) + ": " + cards.map(\.caption).joined(separator: ", ")
    return DrawnPage(
      title: "", drawings: [GalleryDrawing(grid: self)], width: cards.count == 1 ? 760 : 940, description: description)
  }

  /// The gallery as an SVG file on a white card; the same gallery gives the same bytes on every machine.
  public func svg() -> String { page.svg() }

  /// The gallery as a PNG file on a white card with `scale` device pixels to a CSS pixel, its first 24 cards drawn.
  /// Throws `DocumentError` with code `drawing`.
  public func png(scale: Double = 2) throws(DocumentError) -> EncodedPicture { try page.png(scale: scale) }

  /// The gallery's pixels on a white card, its first 24 cards drawn. Throws `DocumentError` with code `drawing`.
  public func picture(scale: Double = 2) throws(DocumentError) -> Picture { try page.picture(scale: scale) }
}

extension PictureCard {
  /// The card as a PNG file: the picture beside its lists of bars. Throws `DocumentError` with code `drawing`.
  public func png(scale: Double = 2) throws(DocumentError) -> EncodedPicture {
    try ImageGrid(cards: [self], columnCount: 1).png(scale: scale)
  }
}
