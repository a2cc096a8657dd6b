import JupyterMessaging
import Synchronization

/// The cells of one shell's session, on their way to the store of all sessions.
final class History: Sendable {
  private struct State {
    var store: any HistoryStore
    var session: Int?
    /// Whether somebody will save what is pending.
    var isSaveAwaited = false
    /// Cells that are not in the store yet.
    var pending: [(line: Int, input: String, output: String?)] = []
  }

  private let state: Mutex<State>

  /// A session that begins when the first cell is saved or looked up.
  init(store: any HistoryStore) { state = Mutex(State(store: store)) }

  /// Takes a cell that ran; costs no more than the memory.
  func append(line: Int, input: String, output: String?) {
    state.withLock { $0.pending.append((line, input, output)) }
  }

  /// Whether the caller has to see to it that `save()` is called; false where somebody does already.
  func awaitsSave() -> Bool {
    state.withLock { state in
      defer { state.isSaveAwaited = true }
      return !state.isSaveAwaited
    }
  }

  /// Brings the cells to the store, and begins a session there where none has begun.
  ///
  /// - Throws: what makes the store unusable; from then on, cells are remembered as long as the process lives.
  func save() throws {
    try state.withLock { state in
      state.isSaveAwaited = false
      do {
        try Self.save(&state)
      } catch {
        let memory = MemoryHistory(session: (state.session ?? 1) - 1)
        state.store = memory
        state.session = nil
        try? Self.save(&state)
        throw error
      }
    }
  }

  /// The cells that `access` names, oldest first, of those that were saved.
  ///
  /// - Throws: what makes the store unusable.
  func entries(_ access: HistoryRequest.Access) throws -> [HistoryReply.Entry] {
    let (store, session) = state.withLock { ($0.store, $0.session) }
    guard let session else { return [] }
    return try store.entries(access, session: session)
  }

  private static func save(_ state: inout State) throws {
    let session = try state.session ?? state.store.beginSession()
    state.session = session
    try state.store.append(
      state.pending.map {
        HistoryReply.Entry(session: session, line: $0.line, input: $0.input, output: $0.output)
      })
    state.pending = []
  }
}
