import Dispatch
import Synchronization

/// Work on numbered samples that several threads share, with a result that does not depend on how many there are.
///
/// Samples are taken in blocks of a fixed size. Each block is worked on by one thread in order, and what the blocks give
/// is merged in the order of the blocks, on the calling thread. The calling thread itself only waits: it leaves within a
/// few milliseconds when it is told to, and the threads end after the sample that they are at.
struct SampleLoop {
  /// How many samples there are.
  var sampleCount: Int
  /// How many threads work; 1 or more.
  var threads: Int
  /// How many samples a thread takes at once.
  var blockSize = 4
  /// Whether the work shall be given up; asked on the calling thread.
  var isCancelled: () -> Bool

  private static let pollMilliseconds = 5

  /// What a thread does with a block of samples; it calls the second argument after each sample.
  typealias Worker<Partial> = (Range<Int>, () throws -> Void) throws -> Partial

  /// Does the work.
  ///
  /// - Parameters:
  ///   - makeWorker: called once on each thread.
  ///   - progress: told how many samples are done, on the calling thread.
  ///   - merge: takes what the blocks gave, in their order, on the calling thread.
  /// - Throws: `CancellationError`, or the first error of a worker.
  func run<Partial: Sendable>(
    makeWorker: @escaping @Sendable () throws -> Worker<Partial>, progress: (Int) -> Void,
    merge: (Partial) throws -> Void
  ) throws {
    guard sampleCount > 0 else { return }
    let blockSize = max(blockSize, 1)
    let blockCount = (sampleCount + blockSize - 1) / blockSize
    let state = State<Partial>()
    let queue = DispatchQueue(label: "octet.samples", attributes: .concurrent)
    let sampleCount = sampleCount
    for _ in 0..<min(max(threads, 1), blockCount) {
      queue.async {
        do {
          let worker = try makeWorker()
          while let block = state.nextBlock(of: blockCount) {
            let samples = block * blockSize..<min((block + 1) * blockSize, sampleCount)
            state.finish(block, try worker(samples, state.finishSample))
          }
        } catch { state.fail(error) }
      }
    }
    defer { state.stop() }
    for block in 0..<blockCount {
      while true {
        if isCancelled() { throw CancellationError() }
        progress(state.finishedSamples)
        if let partial = try state.take(block) {
          try merge(partial)
          break
        }
        state.wait(milliseconds: Self.pollMilliseconds)
      }
    }
    progress(sampleCount)
  }

  /// What the threads share.
  private final class State<Partial: Sendable>: Sendable {
    private let next = Atomic(0)
    private let finished = Atomic(0)
    private let isStopped = Atomic(false)
    private let partials = Mutex<Result<[Int: Partial], any Error>>(.success([:]))
    private let arrival = DispatchSemaphore(value: 0)

    var finishedSamples: Int { finished.load(ordering: .relaxed) }

    func nextBlock(of count: Int) -> Int? {
      guard !isStopped.load(ordering: .relaxed) else { return nil }
      let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return block < count ? block : nil
    }

    /// - Throws: `CancellationError` if the work was given up.
    func finishSample() throws {
      finished.wrappingAdd(1, ordering: .relaxed)
      if isStopped.load(ordering: .relaxed) { throw CancellationError() }
    }

    func finish(_ block: Int, _ partial: Partial) {
      partials.withLock { partials in
        if case .success(var found) = partials {
          found[block] = partial
          partials = .success(found)
        }
      }
      arrival.signal()
    }

    func fail(_ error: any Error) {
      partials.withLock { partials in
        if case .success = partials { partials = .failure(error) }
      }
      stop()
      arrival.signal()
    }

    /// What a block gave, once; nil if it is not done yet.
    func take(_ block: Int) throws -> Partial? {
      try partials.withLock { partials in
        var found = try partials.get()
        let partial = found.removeValue(forKey: block)
        if partial != nil { partials = .success(found) }
        return partial
      }
    }

    func wait(milliseconds: Int) { _ = arrival.wait(timeout: .now() + .milliseconds(milliseconds)) }

    func stop() { isStopped.store(true, ordering: .relaxed) }
  }
}
