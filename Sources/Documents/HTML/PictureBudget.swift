/// Encodes pictures for a page as long as they fit into what it may hold.
struct PictureBudget {
  private var charactersLeft: Int
  private let edge: Int

  /// The longest edge that is encoded; pictures are shown at up to 224 CSS pixels.
  private static let edges = (few: 224, many: 160)

  init(characters: Int, pictureCount: Int) {
    charactersLeft = characters
    edge = pictureCount <= 24 ? Self.edges.few : Self.edges.many
  }

  /// The picture as an address that holds it, or nil once the budget is used up.
  mutating func url(of picture: Picture, edge: Int? = nil) -> String? {
    guard charactersLeft > 0 else { return nil }
    let url = picture.fitted(within: edge ?? self.edge).jpeg().dataURL
    guard url.utf8.count <= charactersLeft else {
      charactersLeft = 0
      return nil
    }
    charactersLeft -= url.utf8.count
    return url
  }
}

extension Document {
  /// How many cards with pictures the document holds.
  var pictureCount: Int { blocks.map(\.pictureCount).reduce(0, +) }
}

extension Block {
  fileprivate var pictureCount: Int {
    switch self {
    case .gallery(let grid): grid.cards.count { $0.picture != nil }
    case .table(let table): table.rows.count { $0.details?.picture != nil }
    case .details(_, let blocks): blocks.map(\.pictureCount).reduce(0, +)
    default: 0
    }
  }
}
