import FoundationEssentials
import GRDB

extension Workspace {
  /// How many cells are kept; the oldest are forgotten when a session begins.
  static let largestCellCount = 100_000

  /// Begins a session with a number that no other has.
  ///
  /// - Throws: `WorkspaceError`.
  public func beginSession() throws -> Int {
    try write { database in
      try database.execute(
        sql: "DELETE FROM cell WHERE id <= (SELECT max(id) FROM cell) - ?", arguments: [Self.largestCellCount])
      try database.execute(
        sql: "INSERT INTO session (begun) VALUES (?)", arguments: [Date().timeIntervalSince1970])
      return Int(database.lastInsertedRowID)
    }
  }

  /// Appends cells that ran.
  ///
  /// - Throws: `WorkspaceError`.
  public func append(_ cells: [CellRecord]) throws {
    guard !cells.isEmpty else { return }
    try write { database in
      let statement = try database.cachedStatement(
        sql: "INSERT INTO cell (session, line, input, output) VALUES (?, ?, ?, ?)")
      for cell in cells {
        try statement.execute(arguments: [cell.session, cell.line, cell.input, cell.output])
      }
    }
  }

  /// The cells of a session whose lines are in a range, in order.
  ///
  /// - Throws: `WorkspaceError`.
  public func cells(ofSession session: Int, lines: Range<Int>) throws -> [CellRecord] {
    try cells(
      "SELECT session, line, input, output FROM cell WHERE session = ? AND line >= ? AND line < ? ORDER BY line, id",
      [session, lines.lowerBound, lines.upperBound])
  }

  /// The newest cells of all sessions, oldest first.
  ///
  /// - Throws: `WorkspaceError`.
  public func newestCells(_ count: Int) throws -> [CellRecord] {
    try cells(
      "SELECT session, line, input, output FROM cell ORDER BY session DESC, line DESC, id DESC LIMIT ?",
      [max(count, 0)]
    ).reversed()
  }

  /// The newest cells whose whole text fits a pattern in which `*` stands for any text and `?` for one character, oldest first.
  ///
  /// - Parameters:
  ///   - count: how many at most; nil for all.
  ///   - isUnique: whether of equal texts only the newest is found.
  /// - Throws: `WorkspaceError`.
  public func cells(matching pattern: String, count: Int?, isUnique: Bool) throws -> [CellRecord] {
    // Brackets begin a class of characters in SQLite, and stand for themselves here.
    let glob = pattern.replacing("[", with: "[[]")
    let limit = count.map { max($0, 0) } ?? -1
    let newest = isUnique ? "AND id IN (SELECT max(id) FROM cell WHERE input GLOB :glob GROUP BY input)" : ""
    return try cells(
      """
      SELECT session, line, input, output FROM cell WHERE input GLOB :glob \(newest)
      ORDER BY session DESC, line DESC, id DESC LIMIT :limit
      """, ["glob": glob, "limit": limit]
    ).reversed()
  }

  private func cells(_ sql: String, _ arguments: StatementArguments) throws -> [CellRecord] {
    try read { database in
      try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map { row in
        CellRecord(session: row[0], line: row[1], input: row[2], output: row[3])
      }
    }
  }
}
