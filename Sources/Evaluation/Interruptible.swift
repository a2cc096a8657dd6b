import Dispatch
import Synchronization

/// Work that cannot be interrupted itself, done so that whoever waits for it can.
public enum Interruptible {
  private static let pollMilliseconds = 10

  /// Does work on another thread and waits for its result.
  ///
  /// - Throws: what the work throws; `CancellationError` soon after `isCancelled` becomes true, and the work then goes on
  ///   to its end without anybody to hear of it.
  public static func run<Success: Sendable>(
    isCancelled: () -> Bool, _ work: @escaping @Sendable () throws -> Success
  ) throws -> Success {
    let outcome = Outcome<Success>()
    DispatchQueue(label: "octet.background").async { outcome.finish(Result { try work() }) }
    return try outcome.value(isCancelled: isCancelled, pollMilliseconds: pollMilliseconds)
  }
}

/// What comes of work on another thread.
private final class Outcome<Success: Sendable>: Sendable {
  private let result = Mutex<Result<Success, any Error>?>(nil)
  private let isFinished = DispatchSemaphore(value: 0)

  func finish(_ result: Result<Success, any Error>) {
    self.result.withLock { $0 = result }
    isFinished.signal()
  }

  func value(isCancelled: () -> Bool, pollMilliseconds: Int) throws -> Success {
    while isFinished.wait(timeout: .now() + .milliseconds(pollMilliseconds)) == .timedOut {
      if isCancelled() { throw CancellationError() }
    }
    guard let result = result.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }
}
