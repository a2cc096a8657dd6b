public import Documents
public import Workspaces

/// A column of the table of runs, by the name under which conditions and sort orders know it.
public enum RunColumn: String, ReportColumn {
  case run, command, models, projects, status, begun, seconds, version, reports, statement

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { ![.run, .seconds].contains(self) }

  /// The header.
  public var title: String { self == .seconds ? "Time" : rawValue.capitalizedFirst }

  /// Other names.
  public var spellings: [String] { self == .models ? ["model"] : self == .seconds ? ["duration"] : [] }

  /// What the column holds, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .run: "the number by which other commands know the run"
    case .command: "the command"
    case .models: "the models that it was about"
    case .projects: "the numbers of its projects"
    case .status: "how it ended: running, ready, error, cancelled, or killed with its kernel"
    case .begun: "when it began, in UTC"
    case .seconds: "how long it took"
    case .version: "the version of Octet"
    case .reports: "the numbers of the reports that it showed"
    case .statement: "the statement; of a run that failed, also why"
    }
  }

  /// The column of a table.
  public var column: Column {
    let kind: Column.Kind = self == .run ? .integer : self == .seconds ? .number(.significant(3, unit: "s")) : .text
    return Column(id: rawValue, title: title, kind: kind, help: definition.capitalizedFirst + ".")
  }

  /// What a row has in the column.
  public func cell(_ item: RunRecord, _ classes: ClassNames) -> Cell {
    switch self {
    case .run: .integer(item.id)
    case .command: .text(item.kind)
    case .models: .text(item.models.joined(separator: ", "))
    case .projects: .text(item.projects.map(String.init).joined(separator: ", "))
    case .status: .text(item.status.rawValue)
    case .begun: .text(PointInTime.text(item.begun))
    case .seconds: item.ended.map { .number($0 - item.begun) } ?? .missing
    case .version: .text(item.version)
    case .reports: .text(item.reports.map(String.init).joined(separator: ", "))
    case .statement: .text(item.message.map { "\(item.statement) (\($0))" } ?? item.statement)
    }
  }
}
