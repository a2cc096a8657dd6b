public import CommandLanguage
import FoundationEssentials
import Synchronization
public import Workspaces

/// The names of one kernel or script and what they stand for.
///
/// May be asked from any thread while a program runs; a program changes it only between statements.
public final class Session: Sendable, NameScope {
  private struct State {
    var names: [String] = []
    var values: [String: SessionValue] = [:]
  }

  /// The folder that relative paths are relative to; nil for that of the process.
  public let folder: String?
  /// Where finished work is kept beyond the session.
  public let results: ResultStore
  /// Where runs, their figures and reports are kept beyond the session; nil for nowhere.
  public let workspace: Workspace?
  /// How much memory Octet may take, such as `4GB`; nil for as much as there is.
  public let memoryLimit: String?
  /// Which cell made which name of what.
  let lineage = Mutex(Lineage())
  private let state = Mutex(State())
  private let hasTold = Atomic(false)

  /// A session without names.
  ///
  /// - Parameters:
  ///   - folder: the folder that relative paths are relative to; nil for that of the process.
  ///   - results: where finished work is kept.
  ///   - workspace: where runs are kept.
  ///   - memoryLimit: how much memory Octet may take, such as `4GB`; nil for what `OCTET_MEMORY` says.
  public init(
    folder: String? = nil, results: ResultStore = .standard, workspace: Workspace? = .standard,
    memoryLimit: String? = nil
  ) {
    self.folder = folder
    self.results = results
    self.workspace = workspace
    self.memoryLimit = memoryLimit ?? ProcessInfo.processInfo.environment["OCTET_MEMORY"]
  }

  /// The names in order of first assignment.
  public var names: [String] { state.withLock { $0.names } }

  /// What a name stands for; nil where it was never assigned.
  public func value(of name: String) -> SessionValue? { state.withLock { $0.values[name] } }

  /// What the language needs to know of a name.
  public func entry(for name: String) -> ScopeEntry? { value(of: name)?.entry }

  /// Lets a name stand for something.
  public func assign(_ name: String, _ value: SessionValue) {
    state.withLock { state in
      if state.values.updateValue(value, forKey: name) == nil { state.names.append(name) }
    }
  }

  /// Says why the workspace does not keep what runs, the first time.
  func tellOnce(of error: any Error, on output: any CommandOutput) {
    guard !hasTold.exchange(true, ordering: .relaxed) else { return }
    output.write("Nothing is kept of what runs: \(error)\n", to: .stderr)
  }

  /// A path as the system wants it: `~` is the home folder, and relative paths are relative to the session's folder.
  func path(_ written: String) -> String { UserPath.absolute(written, relativeTo: folder) }
}
