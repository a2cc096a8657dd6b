import Dispatch
import Synchronization

/// One piece of work on a thread of its own, while the calling thread passes its progress on and can give it up.
final class BackgroundJob: Sendable {
  /// How far work is, and at what.
  struct Progress: Sendable, Equatable {
    /// 0 to 1.
    var fraction: Double
    var text: String
  }

  private static let pollMilliseconds = 5

  private let isStopped = Atomic(false)
  private let progress = Mutex(Progress(fraction: 0, text: ""))
  /// The job that this is a part of, and which part.
  private let whole: (job: BackgroundJob, range: ClosedRange<Double>)?

  private init(_ whole: (job: BackgroundJob, range: ClosedRange<Double>)? = nil) { self.whole = whole }

  /// Whether the work shall end.
  var isCancelled: Bool { whole?.job.isCancelled ?? isStopped.load(ordering: .relaxed) }

  /// A job whose progress from 0 to 1 is a part of this one's.
  func part(_ start: Double, _ end: Double) -> BackgroundJob { BackgroundJob((self, start...max(start, end))) }

  /// - Throws: `CancellationError` if the work shall end.
  func checkpoint() throws { if isCancelled { throw CancellationError() } }

  /// Says how far the work is.
  func report(_ fraction: Double, _ text: String) {
    if let (job, range) = whole {
      job.report(range.lowerBound + (range.upperBound - range.lowerBound) * min(max(fraction, 0), 1), text)
    }
    progress.withLock { $0 = Progress(fraction: min(max(fraction, 0), 1), text: text) }
  }

  /// Does the work.
  ///
  /// - Throws: what the work throws; `CancellationError` within some milliseconds if it is given up, while the work's own
  ///   thread ends at its next checkpoint.
  static func run<Result: Sendable>(
    _ work: @escaping @Sendable (BackgroundJob) throws -> Result, progress: (Double, String) -> Void,
    isCancelled: () -> Bool
  ) throws -> Result {
    let job = BackgroundJob()
    let outcome = Outcome<Result>()
    let done = DispatchSemaphore(value: 0)
    DispatchQueue(label: "octet.job").async {
      let result = Swift.Result<Result, any Error> { try work(job) }
      outcome.value.withLock { $0 = result }
      done.signal()
    }
    var shown = Progress(fraction: -1, text: "")
    while done.wait(timeout: .now() + .milliseconds(pollMilliseconds)) == .timedOut {
      if isCancelled() {
        job.isStopped.store(true, ordering: .relaxed)
        throw CancellationError()
      }
      let now = job.progress.withLock { $0 }
      if now != shown, !now.text.isEmpty {
        progress(now.fraction, now.text)
        shown = now
      }
    }
    guard let result = outcome.value.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }

  private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Swift.Result<Value, any Error>?>(nil)
  }
}
