public import Documents
public import Workspaces

/// The reports that a workspace keeps.
public struct KeptReportsReport: Report {
  /// The reports in the order shown.
  public let reports: [ReportSummary]
  /// The order that they were put into; empty for the newest first.
  public let order: [SortKey]
  /// What the selection leaves out, in words; empty where all are shown.
  public let selectionText: String

  /// Makes a report.
  public init(_ reports: [ReportSummary], order: [SortKey] = [], selectionText: String = "") {
    self.reports = reports
    self.order = order
    self.selectionText = selectionText
  }

  /// One row for each report.
  public var document: Document {
    let classes = ClassNames(nil)
    let table = Table(
      title: selectionText, columns: KeptReportColumn.allCases.map(\.column),
      rows: reports.map { report in Row(KeptReportColumn.allCases.map { $0.cell(report, classes) }) }, sort: order,
      noun: .init("report", "reports"))
    return Document(title: "Reports", blocks: [.table(table)])
  }
}
