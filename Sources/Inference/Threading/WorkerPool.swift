internal import Glibc
internal import Synchronization

/// Work that several threads do together, each another part of it at the same time.
package protocol DividedWork: AnyObject, Sendable {
  /// Does one part; the parts together are all of the work.
  ///
  /// - Throws: `InferenceError`.
  func perform(_ part: WorkPart) throws(InferenceError)
}

/// Threads that do the parts of one work together, and wait in between.
///
/// Each thread has a part of its own, whose data its cache may still hold from the step before; whoever is done takes parts
/// that nobody has begun, so that a thread which the system does not let run holds nobody up. A waiting thread spins for
/// some microseconds, since the next step usually comes sooner than the system could wake it, then sleeps.
///
/// Checked as Sendable by hand: `work` is written only while every part of the work before it is done, before `generation`
/// rises with release order. A part is begun once in each generation, by whoever raises its claim to that generation, and
/// `work` is read only behind such a claim; since `run` waits for all parts, `work` stays until then. Running work takes no
/// memory.
package final class WorkerPool: @unchecked Sendable {
  /// The last generation in which somebody began a part.
  private final class Claim: Sendable {
    let generation = Atomic<Int>(0)
  }

  /// Threads that are wanted, the caller's included; where the system gives fewer, the work is divided among these.
  package let width: Int
  private let generation = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isStopping = Atomic<Bool>(false)
  private let place = SleepingPlace()
  private let claims: [Claim]
  private var work: (any DividedWork)?
  private let failure = Mutex<InferenceError?>(nil)
  private var threads: [pthread_t] = []

  /// Pauses of a worker before it sleeps.
  private static let workerSpins = 20_000
  /// Pauses of the caller before it lets other threads have its processor, which the workers may be waiting for.
  private static let callerSpins = 1000

  /// Starts the threads.
  package init(width: Int) {
    self.width = max(width, 1)
    claims = (0..<self.width).map { _ in Claim() }
    for index in 1..<self.width {
      var thread: pthread_t = 0
      let start = unsafe Unmanaged.passRetained(Start(pool: self, index: index))
      let status = unsafe pthread_create(
        &thread, nil,
        { argument in
          guard let argument = unsafe argument else { return nil }
          let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
          start.pool.loop(start.index)
          return nil
        }, start.toOpaque())
      guard status == 0 else {
        unsafe start.release()
        break
      }
      threads.append(thread)
    }
  }

  private final class Start {
    let pool: WorkerPool
    let index: Int
    init(pool: WorkerPool, index: Int) {
      self.pool = pool
      self.index = index
    }
  }

  /// Does all parts of a work at the same time and returns when all are done.
  ///
  /// - Throws: the first error that a part met.
  package func run(_ work: any DividedWork) throws(InferenceError) {
    let count = threads.count + 1
    guard count > 1 else { return try work.perform(.whole) }
    self.work = work
    unfinished.store(count, ordering: .relaxed)
    let current = generation.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { place.wakeAll() }
    takePart(0, of: count, in: current)
    var spun = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      spun += 1
      if spun < Self.callerSpins { SpinHint.pause() } else { sched_yield() }
    }
    if let error = failure.withLock({ $0 }) {
      failure.withLock { $0 = nil }
      throw error
    }
  }

  /// Does the part of a thread, and others that nobody has begun, in one generation.
  private func takePart(_ own: Int, of count: Int, in current: Int) {
    for offset in 0..<count {
      let index = (own + offset) % count
      let last = claims[index].generation.load(ordering: .relaxed)
      guard last < current,
        claims[index].generation.compareExchange(
          expected: last, desired: current, successOrdering: .acquiring, failureOrdering: .relaxed
        ).exchanged
      else { continue }
      do throws(InferenceError) {
        try work?.perform(WorkPart(index: index, count: count))
      } catch { failure.withLock { if $0 == nil { $0 = error } } }
      unfinished.wrappingSubtract(1, ordering: .releasing)
    }
  }

  /// Ends the threads; whatever is run after is done by the caller alone.
  package func stop() {
    isStopping.store(true, ordering: .releasing)
    generation.wrappingAdd(1, ordering: .releasing)
    place.wakeAll()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
    work = nil
  }

  private func loop(_ index: Int) {
    var seen = 0
    while true {
      var spun = 0
      while generation.load(ordering: .acquiring) == seen {
        spun += 1
        if spun < Self.workerSpins {
          SpinHint.pause()
        } else {
          sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
          place.wait(while: { generation.load(ordering: .sequentiallyConsistent) == seen })
          sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        }
      }
      seen = generation.load(ordering: .acquiring)
      if isStopping.load(ordering: .acquiring) { return }
      takePart(index, of: threads.count + 1, in: seen)
    }
  }
}
