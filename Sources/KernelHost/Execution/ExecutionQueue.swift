import Dispatch
import JupyterMessaging
import Synchronization

/// The cells that wait to run, in order, and the one that runs.
final class ExecutionQueue: Sendable {
  /// One request to run a cell.
  struct Item: Sendable {
    let context: RequestContext
    let request: ExecuteRequest
    let cancellation = CancellationFlag()
    /// Whether a failure or an interrupt before it keeps it from running.
    var isAborted = false
  }

  private struct State {
    var waiting: [Item] = []
    var firstWaiting = 0
    var running: CancellationFlag?
    var isClosed = false

    mutating func popFirst() -> Item? {
      guard firstWaiting < waiting.count else { return nil }
      let item = waiting[firstWaiting]
      firstWaiting += 1
      if firstWaiting == waiting.count {
        waiting = []
        firstWaiting = 0
      }
      return item
    }
  }

  private let state = Mutex(State())
  private let arrival = DispatchSemaphore(value: 0)

  /// Appends a request; one that comes after `close()` is aborted.
  func append(_ item: Item) {
    state.withLock { state in
      var item = item
      if state.isClosed { item.isAborted = true }
      state.waiting.append(item)
    }
    arrival.signal()
  }

  /// Waits for the next request; from then on it is the running one. Nil where none is left after `close()`.
  func next() -> Item? {
    while true {
      arrival.wait()
      let (item, isClosed) = state.withLock { state in
        let item = state.popFirst()
        state.running = item?.cancellation
        return (item, state.isClosed)
      }
      if let item { return item }
      if isClosed { return nil }
    }
  }

  /// Interrupts, and lets `next()` end when what waits has been taken.
  func close() {
    interrupt()
    state.withLock { $0.isClosed = true }
    arrival.signal()
  }

  /// Notes that the running request has ended.
  func finish() {
    state.withLock { $0.running = nil }
  }

  /// Keeps everything that waits now from running.
  func abortWaiting() {
    state.withLock { Self.abortWaiting(&$0) }
  }

  /// Tells the running cell to stop and keeps everything that waits now from running.
  func interrupt() {
    state.withLock { state in
      state.running?.cancel()
      Self.abortWaiting(&state)
    }
  }

  /// Whether a cell runs.
  var isRunning: Bool { state.withLock { $0.running != nil } }

  private static func abortWaiting(_ state: inout State) {
    for index in state.firstWaiting..<state.waiting.count { state.waiting[index].isAborted = true }
  }
}
