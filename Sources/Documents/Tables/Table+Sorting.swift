extension Table {
  /// The rows in the order shown. Equal rows keep their order, missing values come last in both directions, numbers
  /// come before words, and numbers within words count as numbers (`image9` before `image10`).
  public var sortedRows: [Row] {
    let keys = sort.compactMap { key in
      columns.firstIndex { $0.id == key.columnID }.map { (column: $0, isDescending: key.isDescending) }
    }
    guard !keys.isEmpty else { return rows }
    return rows.enumerated().sorted { left, right in
      for key in keys {
        let order = Self.order(left.element.cell(key.column), right.element.cell(key.column), key.isDescending)
        if order != 0 { return order < 0 }
      }
      return left.offset < right.offset
    }.map(\.element)
  }

  private static func order(_ left: Cell, _ right: Cell, _ isDescending: Bool) -> Int {
    let direction = isDescending ? -1 : 1
    switch (left.sortNumber, right.sortNumber, left.sortText, right.sortText) {
    case (let left?, let right?, _, _): return left == right ? 0 : (left < right ? -direction : direction)
    case (_, _, let left?, let right?): return NaturalOrder.compare(left, right) * direction
    case (nil, nil, nil, nil): return 0
    case (nil, _, nil, _): return 1
    case (_, nil, _, nil): return -1
    case (.some, _, _, _): return -direction
    default: return direction
    }
  }
}
