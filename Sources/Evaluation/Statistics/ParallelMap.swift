import Dispatch
import Synchronization

/// Work on many things, several at the same time.
public enum ParallelMap {
  private static let pollMilliseconds = 20

  /// What a function makes of each number below a count, in order.
  ///
  /// - Parameter progress: told from time to time how many are done, on the calling thread.
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true, and what `body` throws.
  public static func map<Result: Sendable>(
    _ count: Int, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in },
    _ body: @escaping @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let job = ParallelJob(count, body)
    let group = DispatchGroup()
    defer { job.stop() }
    for index in 0..<min(ProcessorCount.active, max(count, 0)) {
      DispatchQueue(label: "octet.map.\(index)").async(group: group) { job.work() }
    }
    while group.wait(timeout: .now() + .milliseconds(pollMilliseconds)) == .timedOut {
      if isCancelled() { throw CancellationError() }
      progress(job.finishedCount)
    }
    if isCancelled() { throw CancellationError() }
    return try job.results()
  }
}

private final class ParallelJob<Result: Sendable>: Sendable {
  private let count: Int
  private let body: @Sendable (Int) throws -> Result
  private let next = Atomic(0)
  private let finished = Atomic(0)
  private let isStopped = Atomic(false)
  private let values: Mutex<[Result?]>
  private let failure = Mutex<(any Error)?>(nil)

  init(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Result) {
    self.count = max(count, 0)
    self.body = body
    values = Mutex([Result?](repeating: nil, count: max(count, 0)))
  }

  var finishedCount: Int { finished.load(ordering: .relaxed) }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  func work() {
    while !isStopped.load(ordering: .relaxed) {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      do {
        let value = try body(index)
        values.withLock { $0[index] = value }
        finished.add(1, ordering: .relaxed)
      } catch {
        failure.withLock { $0 = $0 ?? error }
        return stop()
      }
    }
  }

  func results() throws -> [Result] {
    if let failure = failure.withLock({ $0 }) { throw failure }
    return values.withLock { $0.compactMap(\.self) }
  }
}
