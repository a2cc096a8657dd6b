public import Documents

/// The projects of a workspace: models with datasets on machines, and the best that was found out of each.
public struct ProjectsReport: Report {
  /// The rows in the order shown.
  public let rows: [ProjectRow]
  /// The order that the rows were put into; empty for the tree.
  public let order: [SortKey]
  /// What the selection leaves out, in words; empty where all are shown.
  public let selectionText: String
  /// The workspace's file.
  public let path: String

  /// Makes a report.
  public init(_ rows: [ProjectRow], order: [SortKey] = [], selectionText: String = "", path: String) {
    self.rows = rows
    self.order = order
    self.selectionText = selectionText
    self.path = path
  }

  /// One row for each project.
  public var document: Document {
    guard !rows.isEmpty else {
      let text = RichText(
        "There are no projects here yet: benchmark, calibrate or report something. They are kept in \(path).")
      return Document(title: "Projects", blocks: [.callout(Callout(.note, text))])
    }
    let classes = ClassNames(nil)
    let table = Table(
      title: selectionText, columns: ProjectColumn.shown.map(\.column),
      rows: rows.map { row in Row(ProjectColumn.shown.map { $0.cell(row, classes) }) }, sort: order,
      noun: .init("project", "projects"))
    return Document(title: "Projects", subtitle: RichText("kept in \(path)"), blocks: [.table(table)])
  }

  /// `workspace`, and the columns and rows of the table.
  public var data: DataValue {
    let head = DataValue.Member(key: "workspace", value: .string(path))
    guard let table = document.tables.first else { return ["workspace": .string(path), "rows": []] }
    return .object([head] + DataValue.columnsAndRows(of: table))
  }
}
