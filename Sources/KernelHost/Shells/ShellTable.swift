import JupyterMessaging
import Synchronization

/// The main shell and the subshells that clients have made.
final class ShellTable: Sendable {
  /// Subshells at the same time, at most; each has a thread.
  static let capacity = 64

  /// Why there is no subshell.
  enum Refusal: Error {
    /// There are as many as there may be.
    case full
    /// No subshell has this identifier.
    case unknown(String)
    /// The system refused a thread.
    case system(KernelHostError)

    var report: ErrorReport {
      let (name, text) =
        switch self {
        case .full: ("SubshellLimit", "there are \(ShellTable.capacity) subshells already; delete one first")
        case .unknown(let id): ("UnknownSubshell", "there is no subshell \(id); it was never made or is deleted")
        case .system(let error): ("SubshellRefused", error.description)
        }
      return ErrorReport(name: name, value: text, traceback: ["\(name): \(text)"])
    }
  }

  /// The main shell.
  let main: Shell
  private let start: @Sendable (Shell) throws(KernelHostError) -> Void
  private let makeHistory: @Sendable () -> History
  private let subshells = Mutex<[Shell]>([])

  /// A table with the main shell alone.
  ///
  /// - Parameters:
  ///   - makeHistory: makes the history of a new shell.
  ///   - start: starts the thread of a new shell.
  init(
    makeHistory: @escaping @Sendable () -> History, start: @escaping @Sendable (Shell) throws(KernelHostError) -> Void
  ) {
    main = Shell(id: nil, history: makeHistory())
    self.makeHistory = makeHistory
    self.start = start
  }

  /// Starts the thread of the main shell.
  func startMain() throws(KernelHostError) { try start(main) }

  /// Makes a subshell and starts its thread.
  func create() throws(Refusal) -> Shell {
    let shell = Shell(id: RandomIdentifier.make(), history: makeHistory())
    let fits = subshells.withLock { subshells in
      guard subshells.count < Self.capacity else { return false }
      subshells.append(shell)
      return true
    }
    guard fits else { throw .full }
    do {
      try start(shell)
    } catch {
      subshells.withLock { $0.removeAll { $0 === shell } }
      throw .system(error)
    }
    return shell
  }

  /// Takes a subshell out of the table; what it runs is interrupted, what waits is aborted, then its thread ends.
  func delete(_ id: String) throws(Refusal) {
    let shell = subshells.withLock { subshells -> Shell? in
      guard let index = subshells.firstIndex(where: { $0.id == id }) else { return nil }
      return subshells.remove(at: index)
    }
    guard let shell else { throw .unknown(id) }
    shell.queue.close()
  }

  /// The shell that a request is for; nil where it names a subshell that there is not.
  func shell(for header: MessageHeader) -> Shell? {
    guard let id = header.subshellID else { return main }
    return subshells.withLock { $0.first { $0.id == id } }
  }

  /// The identifiers of the subshells, oldest first.
  var ids: [String] { subshells.withLock { $0.compactMap(\.id) } }

  /// Whether a cell runs anywhere.
  var isRunning: Bool { all.contains { $0.queue.isRunning } }

  /// Tells the running cells to stop and aborts those that wait.
  func interrupt() {
    for shell in all { shell.queue.interrupt() }
  }

  private var all: [Shell] { [main] + subshells.withLock { $0 } }
}
