import Dispatch
import Synchronization

/// Runs pieces of work one after another on a thread of its own, asleep while there are none.
final class TaskLane: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var isRunning = false
  }

  private let state = Mutex(State())
  private let arrival = DispatchSemaphore(value: 0)

  /// Starts the lane's thread.
  init(name: String) throws(KernelHostError) {
    try WorkerThread.start(name: name) { [self] in serve() }
  }

  /// Appends a piece of work.
  func submit(_ work: @escaping @Sendable () -> Void) {
    state.withLock { $0.waiting.append(work) }
    arrival.signal()
  }

  /// Whether nothing runs or waits.
  var isIdle: Bool {
    state.withLock { $0.waiting.isEmpty && !$0.isRunning }
  }

  private func serve() -> Never {
    while true {
      arrival.wait()
      let batch = state.withLock { state in
        let batch = state.waiting
        state.waiting = []
        state.isRunning = true
        return batch
      }
      for work in batch { work() }
      state.withLock { $0.isRunning = false }
    }
  }
}
