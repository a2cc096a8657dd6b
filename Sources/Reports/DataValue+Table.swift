import Documents

extension DataValue {
  /// The columns of a table and all its rows in the order shown, with full precision.
  ///
  /// `{"columns": [{"id", "title"}], "rows": [{"<column id>": value}]}`. A category column is followed by `<id>_name`;
  /// the flag is the last key of a row.
  static func columnsAndRows(of table: Table) -> [Member] {
    let columns = table.columns.map {
      DataValue.object([Member(key: "id", value: .string($0.id)), Member(key: "title", value: .string($0.title))])
    }
    let rows = table.sortedRows.map { row in
      var members: [Member] = []
      for (column, cell) in zip(table.columns, row.cells) {
        members.append(Member(key: column.id, value: DataValue(cell)))
        if case .category(_, let name) = cell {
          members.append(Member(key: column.id + "_name", value: name.map(DataValue.string) ?? .null))
        }
      }
      if let flag = table.flag { members.append(Member(key: flag.id, value: .bool(row.isFlagged))) }
      return DataValue.object(members)
    }
    return [Member(key: "columns", value: .array(columns)), Member(key: "rows", value: .array(rows))]
  }

  /// The facts of a list, by their labels.
  static func object(of facts: FactList) -> DataValue {
    .object(facts.facts.map { Member(key: $0.label, value: .string($0.value)) })
  }

  private init(_ cell: Cell) {
    switch cell {
    case .text(let text): self = .string(text)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .boolean(let value): self = .bool(value)
    case .category(let id, _): self = .integer(id)
    case .picture(_, let description): self = .string(description)
    case .missing: self = .null
    }
  }
}
