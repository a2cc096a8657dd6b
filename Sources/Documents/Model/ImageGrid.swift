/// A gallery of picture cards.
public struct ImageGrid: Sendable, Equatable, Codable {
  /// The title above the gallery; empty for none.
  public var title: String
  /// The cards in reading order.
  public var cards: [PictureCard]
  /// How many cards stand side by side where there is room; at least 1.
  public var columnCount: Int

  /// Creates a gallery.
  public init(title: String = "", cards: [PictureCard], columnCount: Int = 2) {
    self.title = title
    self.cards = cards
    self.columnCount = max(columnCount, 1)
  }

  /// What the gallery shows in words: its title and its captions, the first dozen.
  public var alternative: String {
    let captions = cards.prefix(12).map(\.caption).joined(separator: ", ")
    return title.isEmpty ? captions : "\(title): \(captions)"
  }
}

extension ImageGrid {
  /// Reads pictures that were written down; there is at least one column.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      title: try fields.decode(String.self, forKey: .title),
      cards: try fields.decode([PictureCard].self, forKey: .cards),
      columnCount: try fields.decode(Int.self, forKey: .columnCount))
  }
}
