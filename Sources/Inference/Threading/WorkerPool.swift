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
/// A waiting thread spins for some microseconds, since the next step usually comes sooner than the system could wake
/// it, then sleeps. Checked as Sendable by hand: `work` is written only while no worker runs, before `generation` rises
/// with release order, and workers read it after they saw that with acquire order. Running work takes no memory.
package final class WorkerPool: @unchecked Sendable {
  /// Threads that are wanted, the caller's included; where the system gives fewer, the work is divided among these.
  package let width: Int
  private let generation = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isStopping = Atomic<Bool>(false)
  private let place = SleepingPlace()
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
    unfinished.store(count - 1, ordering: .relaxed)
    generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { place.wakeAll() }
    perform(WorkPart(index: 0, count: count))
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

  private func perform(_ part: WorkPart) {
    do throws(InferenceError) {
      try work?.perform(part)
    } catch { failure.withLock { if $0 == nil { $0 = error } } }
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
      perform(WorkPart(index: index, count: threads.count + 1))
      unfinished.wrappingSubtract(1, ordering: .releasing)
    }
  }
}
