import Dispatch
import Inference
import Synchronization
import Tensors

/// One stream: an executor on a thread of its own that runs inferences when it is told to.
///
/// The executor never leaves the thread. Whoever directs the worker may leave at any time after `stop`.
final class StreamWorker: Sendable {
  /// What a stream did in one slice.
  struct Slice {
    /// The seconds of every inference.
    let latencies: [Double]
    /// When the last inference ended.
    let end: ContinuousClock.Instant
  }

  private static let warmUpCount = 3
  private static let pollMilliseconds = 10

  private let plan: ExecutionPlan
  private let inputs: [Tensor]
  private let threads: Int
  private let queue: DispatchQueue
  private let order = DispatchSemaphore(value: 0)
  private let answer = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)
  private let deadline = Mutex<ContinuousClock.Instant?>(nil)
  private let result = Mutex<Result<Slice, any Error>?>(nil)

  init(plan: ExecutionPlan, inputs: [Tensor], threads: Int, name: String) {
    self.plan = plan
    self.inputs = inputs
    self.threads = threads
    queue = DispatchQueue(label: name)
  }

  /// Makes the executor and warms it up; `awaitSlice` tells when that is done.
  func start() { queue.async { [self] in serve() } }

  /// Runs inferences until a moment; at least one.
  func beginSlice(until moment: ContinuousClock.Instant) {
    deadline.withLock { $0 = moment }
    order.signal()
  }

  /// Waits for the end of what the stream is at.
  ///
  /// - Throws: `CancellationError`, or why inferences cannot be run.
  func awaitSlice(isCancelled: () -> Bool, progress: () -> Void) throws -> Slice {
    while answer.wait(timeout: .now() + .milliseconds(Self.pollMilliseconds)) == .timedOut {
      if isCancelled() { throw CancellationError() }
      progress()
    }
    guard let result = result.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }

  /// Lets the thread end after the inference that it is at.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    order.signal()
  }

  private func serve() {
    do {
      let executor = try Executor(plan, threads: threads)
      for (index, tensor) in inputs.enumerated() { try executor.setInput(index, tensor) }
      for _ in 0..<Self.warmUpCount where !isStopped.load(ordering: .relaxed) { try executor.execute() }
      finish(.success(Slice(latencies: [], end: ContinuousClock().now)))
      while true {
        order.wait()
        guard !isStopped.load(ordering: .relaxed), let moment = deadline.withLock({ $0 }) else { return }
        finish(.success(try run(executor, until: moment)))
      }
    } catch {
      finish(.failure(error))
    }
  }

  private func run(_ executor: Executor, until moment: ContinuousClock.Instant) throws -> Slice {
    let clock = ContinuousClock()
    var latencies: [Double] = []
    var now = clock.now
    repeat {
      let start = now
      try executor.execute()
      now = clock.now
      latencies.append((now - start) / .seconds(1))
    } while now < moment && !isStopped.load(ordering: .relaxed)
    return Slice(latencies: latencies, end: now)
  }

  private func finish(_ outcome: Result<Slice, any Error>) {
    result.withLock { $0 = outcome }
    answer.signal()
  }
}
