import Documents

/// The order of a table's rows, as indices of what they were made of.
enum RowOrder {
  /// Indices in the order of a column; equal ones keep their order.
  static func sorted(_ indices: [Int], by column: Column, isDescending: Bool, cell: (Int) -> Cell) -> [Int] {
    let place = Column(id: "", title: "", kind: .integer)
    let table = Table(
      columns: [column, place], rows: indices.map { Row([cell($0), .integer($0)]) },
      sort: [SortKey(columnID: column.id, isDescending: isDescending)])
    return table.sortedRows.compactMap { row in
      if case .integer(let index)? = row.cells.last { index } else { nil }
    }
  }
}
