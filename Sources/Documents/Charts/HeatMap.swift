/// Counts in rows and columns, each cell the darker the larger its part of its row is.
public struct HeatMap: Sendable, Equatable, Codable {
  /// What a row is, such as `Annotated class`.
  public var rowTitle: String
  /// What a column is, such as `Predicted class`.
  public var columnTitle: String
  /// The rows from top to bottom.
  public var rows: [String]
  /// The columns from left to right; short, as there is little room.
  public var columns: [String]
  /// The counts, row by row; those left out are 0.
  public var counts: [[Int]]

  /// Creates a heat map.
  public init(rowTitle: String, columnTitle: String, rows: [String], columns: [String], counts: [[Int]]) {
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.rows = rows
    self.columns = columns
    self.counts = counts
  }

  /// The count of a cell; never negative.
  func count(_ row: Int, _ column: Int) -> Int {
    guard counts.indices.contains(row), counts[row].indices.contains(column) else { return 0 }
    return max(counts[row][column], 0)
  }

  /// The part of its row that a cell is, 0 to 1.
  func share(_ row: Int, _ column: Int) -> Double {
    let total = columns.indices.reduce(0.0) { $0 + Double(count(row, $1)) }
    return total > 0 ? Double(count(row, column)) / total : 0
  }
}
