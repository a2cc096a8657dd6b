extension Table {
  /// All rows, in the order shown, as one JSON object with full precision.
  ///
  /// `{"title": …, "columns": [{"id", "title", "unit"?, "help"?}], "rows": [{"<column id>": value, …}]}`. A category
  /// column is followed by `<id>_name`, the flag is the last key; missing values and numbers that JSON cannot hold are null.
  public func json() -> String {
    JSONText.object([
      ("title", .string(title)),
      ("columns", .array(columns.map(\.exportDescription))),
      ("rows", .array(sortedRows.map { .object(Array(zip(exportColumns, exportValues(of: $0)))) })),
    ]).text
  }

  /// The names of the exported values, in order.
  var exportColumns: [String] {
    var names: [String] = []
    for column in columns where column.kind != .picture {
      names.append(column.id)
      if column.kind == .category { names.append(column.id + "_name") }
    }
    if let flag { names.append(flag.id) }
    return names
  }

  /// The exported values of a row, as many as there are `exportColumns`.
  func exportValues(of row: Row) -> [JSONText] {
    var values: [JSONText] = []
    for (index, column) in columns.enumerated() where column.kind != .picture {
      let cell = row.cell(index)
      values.append(cell.exportValue)
      if column.kind == .category {
        if case .category(_, let name?) = cell { values.append(.string(name)) } else { values.append(.null) }
      }
    }
    if flag != nil { values.append(.boolean(row.isFlagged)) }
    return values
  }
}

extension Column {
  fileprivate var exportDescription: JSONText {
    var members: [(String, JSONText)] = [("id", .string(id)), ("title", .string(title))]
    if let unit = numberFormat?.headerUnit, !unit.isEmpty { members.append(("unit", .string(unit))) }
    if !help.isEmpty { members.append(("help", .string(help))) }
    return .object(members)
  }
}

extension Cell {
  fileprivate var exportValue: JSONText {
    switch self {
    case .text(let text): .string(text)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .boolean(let value): .boolean(value)
    case .category(let id, _): .integer(id)
    case .picture(_, let description): .string(description)
    case .missing: .null
    }
  }
}
