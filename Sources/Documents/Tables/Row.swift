/// One line of a table.
public struct Row: Sendable, Equatable, Codable {
  /// One cell for each column of the table, in the same order; cells left out count as missing.
  public var cells: [Cell]
  /// Whether the row is one of those that the table's flag speaks of, such as an erroneous image.
  public var isFlagged: Bool
  /// What unfolds below the row; nil for nothing.
  public var details: PictureCard?

  /// Creates a row.
  public init(_ cells: [Cell], isFlagged: Bool = false, details: PictureCard? = nil) {
    self.cells = cells
    self.isFlagged = isFlagged
    self.details = details
  }

  /// The cell of a column, missing where the row is too short.
  func cell(_ index: Int) -> Cell {
    cells.indices.contains(index) ? cells[index] : .missing
  }
}
