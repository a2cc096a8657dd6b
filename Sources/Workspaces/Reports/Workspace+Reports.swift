import FoundationEssentials
import GRDB

/// A report that is kept, without its content.
public struct ReportSummary: Sendable, Hashable {
  /// Its number in the workspace.
  public let id: Int
  /// Its title.
  public let title: String
  /// What stands below the title.
  public let subtitle: String
  /// The statement that made it.
  public let statement: String
  /// The number of the run that made it.
  public let run: Int
  /// When it was made, in seconds since 1970.
  public let made: Double
  /// How many rows its table has.
  public let rowCount: Int
}

extension Workspace {
  /// All reports, the newest first.
  ///
  /// - Throws: `WorkspaceError`.
  public func reports() throws -> [ReportSummary] {
    try read { database in
      try Row.fetchAll(database, sql: Self.summaries + " ORDER BY report.id DESC").map(Self.summary)
    }
  }

  /// A report and what is known of it.
  ///
  /// - Throws: `WorkspaceError.unknown` where nothing has this number.
  public func report(_ id: Int) throws -> (summary: ReportSummary, content: ReportContent) {
    try read { database in
      guard let row = try Row.fetchOne(database, sql: Self.summaries + " WHERE report.id = ?", arguments: [id]),
        let page = try Data.fetchOne(database, sql: "SELECT content FROM report WHERE id = ?", arguments: [id])
      else { throw WorkspaceError(.unknown, "the workspace has no report \(id)", remedy: "`reports` lists them") }
      let summary = Self.summary(row)
      let rows = try Row.fetchAll(
        database, sql: "SELECT content FROM report_row WHERE report = ? ORDER BY position", arguments: [id])
      return (
        summary,
        ReportContent(
          title: summary.title, subtitle: summary.subtitle, page: [UInt8](page),
          rows: rows.map { [UInt8]($0[0] as Data) })
      )
    }
  }

  static func insert(_ report: ReportContent, run: Int, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO report (uuid, run, title, subtitle, row_count, content) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        UUID().uuidString.lowercased(), run, report.title, report.subtitle, report.rows.count, Data(report.page),
      ])
    let id = database.lastInsertedRowID
    let statement = try database.cachedStatement(
      sql: "INSERT INTO report_row (report, position, content) VALUES (?, ?, ?)")
    for (position, row) in report.rows.enumerated() {
      try statement.execute(arguments: [id, position, Data(row)])
    }
  }

  private static let summaries = """
    SELECT report.id, report.title, report.subtitle, report.row_count, report.run, run.statement, run.begun
    FROM report JOIN run ON run.id = report.run
    """

  private static func summary(_ row: Row) -> ReportSummary {
    ReportSummary(
      id: row["id"], title: row["title"], subtitle: row["subtitle"], statement: row["statement"], run: row["run"],
      made: row["begun"], rowCount: row["row_count"])
  }
}
