import Documents

/// The order of a table's rows, as indices of what they were made of.
enum RowOrder {
  /// Indices in the order of several columns, the most important first; equal ones keep their order.
  ///
  /// - Parameter cells: what an index has in each of the columns.
  static func sorted(
    _ indices: [Int], by keys: [(column: Column, isDescending: Bool)], cells: (Int) -> [Cell]
  ) -> [Int] {
    let columns = keys.enumerated().map { place, key in
      Column(id: "key\(place)", title: "", kind: key.column.kind)
    }
    let table = Table(
      columns: columns + [Column(id: "", title: "", kind: .integer)],
      rows: indices.map { Row(cells($0) + [.integer($0)]) },
      sort: zip(columns, keys).map { SortKey(columnID: $0.id, isDescending: $1.isDescending) })
    return table.sortedRows.compactMap { row in
      if case .integer(let index)? = row.cells.last { index } else { nil }
    }
  }
}
