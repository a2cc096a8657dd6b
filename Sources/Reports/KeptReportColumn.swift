public import Documents
public import Workspaces

/// A column of the table of kept reports, by the name under which conditions and sort orders know it.
public enum KeptReportColumn: String, ReportColumn {
  case report, title, about, made, rows, run, statement

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { ![.report, .rows, .run].contains(self) }

  /// The header.
  public var title: String { rawValue.capitalizedFirst }

  /// What the column holds, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .report: "the number by which `recall` knows the report"
    case .title: "its title"
    case .about: "what stands below the title"
    case .made: "when it was made, in UTC"
    case .rows: "how many rows its table has"
    case .run: "the number of the run that made it"
    case .statement: "the statement that made it"
    }
  }

  /// The column of a table.
  public var column: Column {
    Column(id: rawValue, title: title, kind: isText ? .text : .integer, help: definition.capitalizedFirst + ".")
  }

  /// What a row has in the column.
  public func cell(_ item: ReportSummary, _ classes: ClassNames) -> Cell {
    switch self {
    case .report: .integer(item.id)
    case .title: .text(item.title)
    case .about: .text(item.subtitle)
    case .made: .text(PointInTime.text(item.made))
    case .rows: .integer(item.rowCount)
    case .run: .integer(item.run)
    case .statement: .text(item.statement)
    }
  }
}
