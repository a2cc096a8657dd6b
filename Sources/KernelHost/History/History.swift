import JupyterMessaging
import Synchronization

/// The cells that were run in this session and, where there is a file, in those before it.
final class History: Sendable {
  private struct State {
    var session = 1
    var isOpen = false
    var earlier: [HistoryReply.Entry] = []
    var current: [(line: Int, input: String, output: String?)] = []
    var savedCount = 0
    var file: HistoryFile?
  }

  private let path: String?
  private let state = Mutex(State())

  /// Creates a history that is kept in the file at `path`; nil for one that ends with the process.
  init(path: String?) {
    self.path = path
  }

  /// Appends a cell of this session, in memory.
  func append(line: Int, input: String, output: String?) {
    state.withLock { $0.current.append((line, input, output)) }
  }

  /// Writes the cells that are not in the file yet; the first call reads the earlier sessions and begins a new one.
  ///
  /// - Throws: `KernelHostError` with code `historyFile`; the cells stay in memory.
  func save() throws(KernelHostError) {
    try state.withLock { state throws(KernelHostError) in
      try open(&state)
      guard let file = state.file else { return }
      // A cell that cannot be written, and all after it, are remembered only until the kernel ends.
      state.file = nil
      for cell in state.current[state.savedCount...] {
        try file.append(
          HistoryReply.Entry(session: state.session, line: cell.line, input: cell.input, output: cell.output))
      }
      state.savedCount = state.current.count
      state.file = file
    }
  }

  /// The cells that `access` names, oldest first.
  func entries(_ access: HistoryRequest.Access) -> [HistoryReply.Entry] {
    let (session, all) = state.withLock { state in
      let current = state.current.map {
        HistoryReply.Entry(session: state.session, line: $0.line, input: $0.input, output: $0.output)
      }
      return (state.session, state.earlier + current)
    }
    switch access {
    case .range(let number, let start, let stop):
      let wanted = number > 0 ? number : session.addingReportingOverflow(number).partialValue
      return all.filter { $0.session == wanted && $0.line >= start && $0.line < stop ?? Int.max }
    case .tail(let count):
      return all.suffix(max(0, count))
    case .search(let pattern, let count, let isUnique):
      let glob = GlobPattern(pattern)
      var found: [HistoryReply.Entry] = []
      var seen: Set<String> = []
      for entry in all.reversed() where found.count < count ?? Int.max && glob.matches(entry.input) {
        if isUnique, !seen.insert(entry.input).inserted { continue }
        found.append(entry)
      }
      return found.reversed()
    }
  }

  private func open(_ state: inout State) throws(KernelHostError) {
    guard !state.isOpen else { return }
    state.isOpen = true
    guard let path else { return }
    let opened = try HistoryFile.open(path: path)
    state.file = opened.file
    state.session = opened.session
    state.earlier = opened.earlier
  }
}
