/// A column and a direction to sort by.
public struct SortKey: Sendable, Equatable, Codable {
  /// The column's `id`; a key of an unknown column has no effect.
  public var columnID: String
  /// Whether large values come first.
  public var isDescending: Bool

  /// Creates a sort key.
  public init(columnID: String, isDescending: Bool) {
    self.columnID = columnID
    self.isDescending = isDescending
  }

  /// Small values first.
  public static func ascending(_ columnID: String) -> SortKey { SortKey(columnID: columnID, isDescending: false) }

  /// Large values first.
  public static func descending(_ columnID: String) -> SortKey { SortKey(columnID: columnID, isDescending: true) }
}
