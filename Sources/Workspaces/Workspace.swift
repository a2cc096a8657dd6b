import FoundationEssentials
import GRDB
import Glibc
import Synchronization

/// The place where everything is kept that outlives a kernel: one SQLite file that several kernels use at once.
///
/// Nothing is opened or made before the first use. What was written is there when the call returns, whatever kills the process
/// then. May be used from any thread.
public final class Workspace: Sendable {
  /// How long a process waits for others that write, in seconds.
  private static let patience = 20.0

  /// The file.
  public let path: String
  private let opened = Mutex<DatabaseQueue?>(nil)

  /// The workspace of the process, as `WorkspaceLocation` finds it; nil where nothing is kept.
  public static let standard = WorkspaceLocation.path().map(Workspace.init(path:))

  /// A workspace in a file, which is made when it is first used.
  public init(path: String) { self.path = path }

  /// Does something with the content as it is at one moment.
  ///
  /// - Throws: `WorkspaceError`, or what `body` throws.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let queue = try queue()
    return try translatingErrors { try queue.read(body) }
  }

  /// Changes the content, wholly or not at all.
  ///
  /// - Throws: `WorkspaceError`, or what `body` throws.
  @discardableResult
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let queue = try queue()
    return try translatingErrors { try queue.write(body) }
  }

  /// Whether SQLite finds the file whole; otherwise what is wrong with it.
  ///
  /// - Throws: `WorkspaceError`.
  public func integrityProblems() throws -> [String] {
    try read { database in
      let problems = try String.fetchAll(database, sql: "PRAGMA integrity_check")
      let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
        "a row of \(row[0] as String? ?? "a table") refers to nothing"
      }
      return problems.filter { $0 != "ok" } + orphans
    }
  }

  private func queue() throws -> DatabaseQueue {
    try opened.withLock { opened in
      if let opened { return opened }
      let queue = try translatingErrors { try open() }
      opened = queue
      return queue
    }
  }

  private func open() throws -> DatabaseQueue {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    if !folder.isEmpty {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    // Made before SQLite makes it, so that it and the log beside it are for their owner alone from the first moment. One that
    // is there is not opened: closing it would let go of the locks that this process holds on it.
    let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -512")
    }
    // Several processes that make the file at once can meet a lock that SQLite does not wait for.
    let deadline = ContinuousClock().now + .seconds(Self.patience)
    while true {
      do {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try prepare(queue)
        return queue
      } catch let error as DatabaseError where error.isBusy && ContinuousClock().now < deadline {
        usleep(10_000)
      }
    }
  }

  /// Refuses the file of a newer version and migrates that of an older one.
  private func prepare(_ queue: DatabaseQueue) throws {
    let migrator = Schema.migrator
    let (isNewer, isCurrent) = try queue.read { database in
      (try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database))
    }
    guard !isNewer else {
      throw WorkspaceError(
        .newer, "the workspace \(path) was written by a newer version of Octet",
        remedy: "update Octet, or set OCTET_WORKSPACE to another file")
    }
    guard !isCurrent else { return }
    do {
      try migrator.migrate(queue)
    } catch {
      // Another process may have done the same at the same time.
      guard try queue.read(migrator.hasCompletedMigrations) else { throw error }
    }
  }

  private func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw WorkspaceError(error, path: path)
    } catch is RowDecodingError {
      throw WorkspaceError(
        .damaged, "the workspace \(path) holds values that do not belong there",
        remedy: "move it away: a new one is made, or set OCTET_WORKSPACE to another file")
    } catch let error as CocoaError {
      throw WorkspaceError(
        .unusable, "the workspace \(path) cannot be made (\(error.code.rawValue))",
        remedy: "set OCTET_WORKSPACE to a file in a folder that you may write, or to off")
    }
  }
}

extension DatabaseError {
  fileprivate var isBusy: Bool { [.SQLITE_BUSY, .SQLITE_LOCKED].contains(resultCode) }
}

extension WorkspaceError {
  init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .busy, "another process has held the workspace \(path) for too long", remedy: "end that process, or try again")
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      self.init(
        .damaged, "\(path) is not a workspace, or damaged (\(reason))",
        remedy: "move it away: a new one is made, or set OCTET_WORKSPACE to another file")
    case .SQLITE_FULL:
      self.init(.unusable, "the disk is full: the workspace \(path) cannot grow", remedy: "make room on the disk")
    default:
      self.init(
        .unusable, "the workspace \(path) cannot be used (\(reason))",
        remedy: "set OCTET_WORKSPACE to a file in a folder that you may write, or to off")
    }
  }
}
