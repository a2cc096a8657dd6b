public import Documents
public import Workspaces

/// The statements that were run, as a workspace keeps them.
public struct RunsReport: Report {
  /// The runs in the order shown.
  public let runs: [RunRecord]
  /// The order that they were put into; empty for the newest first.
  public let order: [SortKey]
  /// What the selection leaves out, in words; empty where all are shown.
  public let selectionText: String

  /// Makes a report.
  public init(_ runs: [RunRecord], order: [SortKey] = [], selectionText: String = "") {
    self.runs = runs
    self.order = order
    self.selectionText = selectionText
  }

  /// One row for each run.
  public var document: Document {
    let classes = ClassNames(nil)
    let table = Table(
      title: selectionText, columns: RunColumn.allCases.map(\.column),
      rows: runs.map { run in
        Row(RunColumn.allCases.map { $0.cell(run, classes) }, isFlagged: run.status == .error || run.status == .killed)
      }, sort: order, flag: .init(id: "failed", label: "failed", filterLabel: "Show only failed runs"),
      noun: .init("run", "runs"))
    return Document(title: "Runs", blocks: [.table(table)])
  }
}
