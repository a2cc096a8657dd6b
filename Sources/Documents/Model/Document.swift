/// A report as a value: a title and blocks in reading order, from which every rendering is made.
///
/// A document holds plain values only, so it may be kept, compared, merged and rendered as often as wanted.
public struct Document: Sendable, Equatable, Codable {
  /// The heading of the whole; empty for a fragment without one.
  public var title: String
  /// One line beneath the title that says what was looked at; empty for none.
  public var subtitle: RichText
  /// The content in reading order.
  public var blocks: [Block]

  /// Creates a document.
  public init(title: String = "", subtitle: RichText = "", blocks: [Block] = []) {
    self.title = title
    self.subtitle = subtitle
    self.blocks = blocks
  }

  /// Appends a block.
  public mutating func append(_ block: Block) {
    blocks.append(block)
  }

  /// Every table of the document in reading order, also those inside details.
  public var tables: [Table] {
    blocks.flatMap(\.tables)
  }

  /// Every chart of the document in reading order, also those inside details.
  public var charts: [Chart] {
    blocks.flatMap(\.charts)
  }
}
