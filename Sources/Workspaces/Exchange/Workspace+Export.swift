import FoundationEssentials
import GRDB
import Glibc

extension Workspace {
  /// Writes projects with all their runs, figures and reports, and the files of their models and datasets, to one file.
  ///
  /// - Parameters:
  ///   - subjects: the projects; those that nothing was found out of yet are made.
  ///   - files: what goes along. Models and datasets whose path is in `places` are then found there.
  ///   - places: for the digest of a model or dataset, its path within the project.
  ///   - statements: what loads the models and the dataset.
  ///   - isCancelled: asked between files.
  /// - Throws: `WorkspaceError`; `CancellationError`; nothing is left behind.
  public func export(
    _ subjects: [ProjectSubject], files: [ProjectFile.Entry], places: [String: String], statements: [String],
    to path: String, isCancelled: () -> Bool = { false }
  ) throws -> ProjectFile.Summary {
    let projects = try write { database in try subjects.map { try Self.project($0, in: database) } }
    let part = "\(path).part-\(UUID().uuidString)"
    defer {
      for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: part + suffix) }
    }
    let summary = try Self.translating(path) {
      let queue = try DatabaseQueue(path: part)
      try Schema.migrator.migrate(queue)
      let counts = try queue.writeWithoutTransaction { database in
        try database.execute(sql: "ATTACH DATABASE ? AS home", arguments: [self.path])
        try database.inTransaction {
          try Self.copy(projects, places, in: database)
          return .commit
        }
        try database.execute(sql: "DETACH DATABASE home")
        return (
          try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0,
          try Int.fetchOne(database, sql: "SELECT count(*) FROM report") ?? 0
        )
      }
      let sizes = try queue.write { database in
        try database.execute(sql: ProjectFile.tables)
        try database.execute(
          sql: "INSERT INTO project_file (format, statements, made) VALUES (?, ?, ?)",
          arguments: [ProjectFile.format, statements.joined(separator: "\n"), Date().timeIntervalSince1970])
        return try files.map { entry in
          if isCancelled() { throw CancellationError() }
          return (path: entry.path, byteCount: try Self.insert(entry, in: database))
        }
      }
      try queue.close()
      return ProjectFile.Summary(files: sizes, runCount: counts.0, reportCount: counts.1, statements: statements)
    }
    guard unsafe rename(part, path) == 0 else {
      throw WorkspaceError(
        .unusable, "\(path) cannot be written", remedy: "name a file in a folder that exists and that you may write to")
    }
    return summary
  }

  /// Copies projects and all that belongs to them from the workspace that is attached as `home`.
  private static func copy(_ projects: [Int], _ places: [String: String], in database: Database) throws {
    let list = projects.map(String.init).joined(separator: ", ")
    try database.execute(
      sql: """
        INSERT INTO main.model
          WITH RECURSIVE needed (id) AS (
            SELECT model FROM home.project WHERE id IN (\(list))
            UNION SELECT model.parent FROM home.model JOIN needed ON model.id = needed.id WHERE model.parent IS NOT NULL)
          SELECT * FROM home.model WHERE id IN (SELECT id FROM needed) ORDER BY id;
        INSERT INTO main.dataset
          SELECT * FROM home.dataset WHERE id IN (SELECT dataset FROM home.project WHERE id IN (\(list)));
        INSERT INTO main.machine
          SELECT * FROM home.machine WHERE id IN (SELECT machine FROM home.project WHERE id IN (\(list)));
        INSERT INTO main.project SELECT * FROM home.project WHERE id IN (\(list));
        INSERT INTO main.run SELECT * FROM home.run
          WHERE status <> 'running' AND id IN (SELECT run FROM home.run_project WHERE project IN (\(list)));
        INSERT INTO main.run_project SELECT * FROM home.run_project
          WHERE project IN (\(list)) AND run IN (SELECT id FROM main.run);
        INSERT INTO main.measurement SELECT * FROM home.measurement
          WHERE project IN (\(list)) AND run IN (SELECT id FROM main.run);
        INSERT INTO main.figure SELECT * FROM home.figure
          WHERE project IN (\(list)) AND run IN (SELECT id FROM main.run);
        INSERT INTO main.report SELECT * FROM home.report WHERE run IN (SELECT id FROM main.run);
        INSERT INTO main.report_row SELECT * FROM home.report_row WHERE report IN (SELECT id FROM main.report);
        """)
    for (digest, place) in places {
      try database.execute(sql: "UPDATE main.model SET source = ? WHERE digest = ?", arguments: [place, digest])
      try database.execute(sql: "UPDATE main.dataset SET root = ? WHERE digest = ?", arguments: [place, digest])
    }
  }

  private static func insert(_ entry: ProjectFile.Entry, in database: Database) throws -> Int {
    let data: Data
    switch entry.content {
    case .bytes(let bytes): data = Data(bytes)
    case .file(let path):
      guard let read = FileManager.default.contents(atPath: path) else {
        throw WorkspaceError(
          .unusable, "\(path) cannot be read", remedy: "put it back, or load what it belongs to anew")
      }
      data = read
    }
    guard data.count <= ProjectFile.largestByteCount else {
      throw WorkspaceError(
        .unusable, "\(entry.path) is too large to be part of a project's file", remedy: "move it by itself")
    }
    try database.execute(
      sql: "INSERT INTO file (path, sha256, byte_count, content) VALUES (?, ?, ?, ?)",
      arguments: [entry.path, ProjectFile.digest(data), data.count, data])
    return data.count
  }

  static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw WorkspaceError(error, path: path)
    } catch is RowDecodingError {
      throw WorkspaceError(
        .damaged, "\(path) holds values that do not belong there", remedy: "copy it anew from where it was written")
    }
  }
}
