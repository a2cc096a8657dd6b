import FoundationEssentials
import GRDB

extension Workspace {
  /// Takes the projects of a file into the workspace, and puts the files of their models and datasets into a folder.
  ///
  /// Everything is verified before anything is written. What is known already, by digests and identifiers, stays as it is, so
  /// that a file can be imported twice.
  /// - Throws: `WorkspaceError`; `CancellationError`.
  public func importProject(
    from path: String, into folder: String, isCancelled: () -> Bool = { false }
  ) throws -> ProjectFile.Summary {
    let (files, statements) = try Self.translating(path) { try Self.verified(path, folder, isCancelled: isCancelled) }
    try Self.translating(path) { try Self.writeFiles(of: path, into: folder) }
    let counts = try write { database in
      let source = try Self.opened(path)
      return try source.read { incoming in try ProjectMerge(from: incoming, into: database, folder: folder).run() }
    }
    return ProjectFile.Summary(
      files: files, runCount: counts.runs, reportCount: counts.reports, statements: statements)
  }

  private static func opened(_ path: String) throws -> DatabaseQueue {
    guard FileManager.default.fileExists(atPath: path) else {
      throw WorkspaceError(.unknown, "there is no file \(path)", remedy: "name a file that `export project` wrote")
    }
    var configuration = Configuration()
    configuration.readonly = true
    // The file may come from anywhere: nothing in its schema is run.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON") }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// The files and statements of a project's file, if all of it is as it was written.
  private static func verified(
    _ path: String, _ folder: String, isCancelled: () -> Bool
  ) throws -> (files: [(path: String, byteCount: Int)], statements: [String]) {
    try opened(path).read { database in
      guard try database.tableExists("project_file"), try database.tableExists("file"),
        let head = try Row.fetchOne(database, sql: "SELECT format, statements FROM project_file")
      else {
        throw WorkspaceError(.damaged, "\(path) is not an exported project", remedy: "write one with `export project`")
      }
      guard try !Schema.migrator.hasBeenSuperseded(database), Self.value("format", of: head) == ProjectFile.format
      else {
        throw WorkspaceError(.newer, "\(path) was written by a newer version of Octet", remedy: "update Octet")
      }
      guard try Schema.migrator.hasCompletedMigrations(database) else {
        throw WorkspaceError(
          .damaged, "\(path) was written by an older version of Octet", remedy: "export it again with this version")
      }
      guard try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok" else {
        throw WorkspaceError(.damaged, "\(path) is damaged", remedy: "copy it anew from where it was written")
      }
      var files: [(path: String, byteCount: Int)] = []
      let rows = try Row.fetchCursor(database, sql: "SELECT path, sha256, content FROM file ORDER BY path")
      while let row = try rows.next() {
        if isCancelled() { throw CancellationError() }
        guard let name: String = Self.value("path", of: row), let content: Data = Self.value("content", of: row) else {
          throw WorkspaceError(.damaged, "\(path) is damaged", remedy: "copy it anew from where it was written")
        }
        guard ProjectFile.isSafe(name) else {
          throw WorkspaceError(
            .mismatch, "\(path) holds the file \(name), which would lie outside its folder", remedy: "do not use it")
        }
        guard ProjectFile.digest(content) == Self.value("sha256", of: row) else {
          throw WorkspaceError(
            .mismatch, "\(name) in \(path) is not what its SHA-256 says",
            remedy: "copy it anew from where it was written")
        }
        let target = folder + "/" + name
        if let present = FileManager.default.contents(atPath: target), present != content {
          throw WorkspaceError(
            .mismatch, "\(target) exists and has another content", remedy: "name another folder with `into:`")
        }
        files.append((name, content.count))
      }
      let statements: String = Self.value("statements", of: head) ?? ""
      return (files, statements.split(separator: "\n").map(String.init))
    }
  }

  /// What a row has in a column; nil where that is of another type.
  private static func value<Value: DatabaseValueConvertible>(_ column: String, of row: Row) -> Value? {
    let value: DatabaseValue? = row[column]
    return value.flatMap(Value.fromDatabaseValue)
  }

  private static func writeFiles(of path: String, into folder: String) throws {
    try opened(path).read { database in
      let rows = try Row.fetchCursor(database, sql: "SELECT path, content FROM file ORDER BY path")
      while let row = try rows.next() {
        guard let name: String = value("path", of: row), let content: Data = value("content", of: row) else { continue }
        let target = folder + "/" + name
        do {
          try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: target).deletingLastPathComponent(), withIntermediateDirectories: true)
          try content.write(to: URL(fileURLWithPath: target), options: .atomic)
        } catch {
          throw WorkspaceError(
            .unusable, "\(target) cannot be written", remedy: "name a folder that you may write to with `into:`")
        }
      }
    }
  }
}
