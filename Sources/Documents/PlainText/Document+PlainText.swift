extension Document {
  /// The document for a terminal that is `width` columns wide, at least 20; lines end with a line feed.
  public func plainText(width: Int = 100) -> String {
    var renderer = PlainTextRenderer(width: max(width, 20))
    renderer.write(self)
    return renderer.text
  }
}
