import CommandLanguage
import Documents
import Reports

/// Which rows of a report are shown, and in which order: `where:`, `only:`, `sort:`, `order:`, `top:`.
enum RowSelection<Column: ReportColumn> {
  /// The columns as conditions and sort orders name them.
  static var columns: [ColumnSignature] {
    Column.allCases.map { column in
      ColumnSignature(
        column.rawValue, column.isText ? .text : .number, column.definition, spellings: column.spellings)
    }
  }

  /// The labels that a command takes for it.
  ///
  /// - Parameters:
  ///   - noun: what the rows are, such as `images`.
  ///   - example: a condition.
  ///   - errors: what `only: errors` leaves; nil where there is no such thing.
  ///   - top: the label for a number of rows; nil for none.
  static func labels(
    noun: String, example: String, errors: String?, top: ParameterSignature?, others: [[ColumnSignature]] = []
  ) -> [ParameterSignature] {
    let columns = others.reduce(columns) { all, more in all.merged(more) }
    var labels = [
      ParameterSignature(
        "where", .condition(columns), absent: "all \(noun)", "Which \(noun), such as `\(example)`.")
    ]
    if let errors {
      labels.append(
        ParameterSignature(
          "only", .choice([ChoiceWord("errors", errors)]), absent: "all \(noun)", "Which \(noun), in one word."))
    }
    labels += [
      ParameterSignature(
        "sort", .list(of: .column(columns), count: 1...8), absent: "the order of origin",
        "By what the \(noun) are sorted: one column, or a list with the most important first."),
      ParameterSignature(
        "order",
        .list(
          of: .choice([ChoiceWord("ascending", "smallest first"), ChoiceWord("descending", "largest first")]),
          count: 1...8), default: "ascending",
        "In which direction they are sorted; the last word holds for all further columns."),
    ]
    return labels + (top.map { [$0] } ?? [])
  }

  /// - Throws: `CommandFailure` where a condition or an order names a column that only reports on other models have.
  static func check(_ arguments: BoundCommand) throws {
    let known = Set(Column.allCases.map(\.rawValue))
    let wanted =
      (arguments.condition("where")?.columns.map { ($0.text, $0.span) } ?? [])
      + arguments.choices("sort").map { ($0, arguments.span(of: "sort")) }
    guard let (name, span) = wanted.first(where: { !known.contains($0.0) }) else { return }
    throw CommandFailure(
      "unknown-column", "reports on such a model have no column `\(name)`", at: span,
      help: "use one of \(Column.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))")
  }

  /// The indices of the items that the arguments ask for, without regard to `top:`.
  static func indices(
    _ arguments: BoundCommand, of items: [Column.Item], _ classes: ClassNames,
    isError: (Column.Item) -> Bool = { _ in false }
  ) -> [Int] {
    var indices = Array(items.indices)
    if arguments.choice("only") == "errors" { indices = indices.filter { isError(items[$0]) } }
    if let condition = arguments.condition("where") {
      indices = indices.filter { index in
        condition.holds { Column(rawValue: $0)?.cell(items[index], classes).operand }
      }
    }
    let keys = keys(arguments)
    return keys.isEmpty ? indices : Column.sorted(indices, of: items, classes, by: keys)
  }

  /// The order that the arguments ask for, as a table shows it.
  static func order(_ arguments: BoundCommand) -> [SortKey] {
    keys(arguments).map { SortKey(columnID: $0.column.rawValue, isDescending: $0.isDescending) }
  }

  private static func keys(_ arguments: BoundCommand) -> [(column: Column, isDescending: Bool)] {
    let orders = arguments.choices("order")
    return arguments.choices("sort").compactMap(Column.init(rawValue:)).enumerated().map { place, column in
      let order = orders.indices.contains(place) ? orders[place] : orders.last
      return (column: column, isDescending: order == "descending")
    }
  }

  /// What a selection leaves out, in words; empty where it holds everything.
  static func text(_ count: Int, of total: Int, _ noun: String) -> String {
    count == total ? "" : "\(count) of \(total) \(noun)"
  }
}

extension [ColumnSignature] {
  /// These columns and others; those that both have are there once, with the spellings of both.
  fileprivate func merged(_ others: [ColumnSignature]) -> [ColumnSignature] {
    var all = self
    for other in others {
      guard let place = all.firstIndex(where: { $0.name == other.name }) else {
        all.append(other)
        continue
      }
      let known = all[place]
      all[place] = ColumnSignature(
        known.name, known.content, known.summary,
        spellings: known.spellings + other.spellings.filter { !known.spellings.contains($0) })
    }
    return all
  }
}
