public import JupyterMessaging
import Synchronization

/// Remembers cells as long as the process lives.
public final class MemoryHistory: HistoryStore {
  private struct State {
    var session: Int
    var cells: [HistoryReply.Entry] = []
  }

  private let state: Mutex<State>

  /// A history without cells.
  ///
  /// - Parameter session: the number of the last session.
  public init(session: Int = 0) { state = Mutex(State(session: session)) }

  /// Begins the next session.
  public func beginSession() -> Int {
    state.withLock { state in
      state.session += 1
      return state.session
    }
  }

  /// Appends cells that ran.
  public func append(_ cells: [HistoryReply.Entry]) { state.withLock { $0.cells += cells } }

  /// The cells that are asked for, oldest first.
  public func entries(_ access: HistoryRequest.Access, session: Int) -> [HistoryReply.Entry] {
    let cells = state.withLock { $0.cells }
    switch access {
    case .range(let number, let start, let stop):
      let wanted = number > 0 ? number : session.addingReportingOverflow(number).partialValue
      return cells.filter { $0.session == wanted && $0.line >= start && $0.line < stop ?? Int.max }
    case .tail(let count):
      return cells.suffix(max(0, count))
    case .search(let pattern, let count, let isUnique):
      let glob = GlobPattern(pattern)
      var found: [HistoryReply.Entry] = []
      var seen: Set<String> = []
      for cell in cells.reversed() where found.count < count ?? Int.max && glob.matches(cell.input) {
        if isUnique, !seen.insert(cell.input).inserted { continue }
        found.append(cell)
      }
      return found.reversed()
    }
  }
}
