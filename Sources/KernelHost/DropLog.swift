import Logging
import Synchronization

/// Reports dropped messages, so many at once and then no more than one a second: whoever floods the kernel with them must not
/// fill the log, nor keep the receiving thread waiting for its reader.
final class DropLog: Sendable {
  /// Reports without a pause between them.
  private static let burst = 100

  private struct State {
    var left = DropLog.burst
    var last = ContinuousClock.now
    var suppressed = 0
  }

  private let logger: Logger
  private let state = Mutex(State())

  init(_ logger: Logger) {
    self.logger = logger
  }

  /// Reports a message, or counts it where too many were reported.
  func report(_ text: @autoclosure () -> String) {
    let suppressed = state.withLock { state -> Int? in
      let now = ContinuousClock.now
      let seconds = Int((now - state.last) / .seconds(1))
      if seconds > 0 {
        state.left = min(Self.burst, state.left + seconds)
        state.last = now
      }
      guard state.left > 0 else {
        state.suppressed += 1
        return nil
      }
      state.left -= 1
      defer { state.suppressed = 0 }
      return state.suppressed
    }
    guard let suppressed else { return }
    logger.warning("\(text())\(suppressed > 0 ? " (and \(suppressed) others before it)" : "")")
  }
}
