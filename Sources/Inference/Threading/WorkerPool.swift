internal import Glibc
internal import Synchronization

/// Threads that do the parts of one step together, and wait in between.
///
/// A waiting thread spins for some microseconds, since the next step usually comes sooner than the system could wake it,
/// then sleeps. Checked as Sendable by hand: `work` is written only while no worker runs, before `generation` rises with
/// release order, and workers read it after they saw that with acquire order. Running a step takes no memory.
final class WorkerPool: @unchecked Sendable {
  /// Threads that are wanted, the caller's included; where the system gives fewer, the work is divided among these.
  let width: Int
  private let generation = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isStopping = Atomic<Bool>(false)
  private let place = SleepingPlace()
  private var work: (step: any PlanStep, context: ExecutionContext)?
  private let failure = Mutex<InferenceError?>(nil)
  private var threads: [pthread_t] = []

  private static let spins = 20_000

  init(width: Int) {
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

  /// Does all parts of a step's work at the same time and returns when all are done.
  ///
  /// - Throws: the first error that a part met.
  func run(_ step: any PlanStep, _ context: ExecutionContext) throws(InferenceError) {
    let count = threads.count + 1
    guard count > 1 else { return try step.run(context, part: .whole) }
    work = (step, context)
    unfinished.store(count - 1, ordering: .relaxed)
    generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { place.wakeAll() }
    perform(WorkPart(index: 0, count: count))
    var spun = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      spun += 1
      if spun < Self.spins { SpinHint.pause() } else { sched_yield() }
    }
    if let error = failure.withLock({ $0 }) {
      failure.withLock { $0 = nil }
      throw error
    }
  }

  private func perform(_ part: WorkPart) {
    guard let (step, context) = work else { return }
    do throws(InferenceError) {
      try step.run(context, part: part)
    } catch { failure.withLock { if $0 == nil { $0 = error } } }
  }

  /// Ends the threads; the pool cannot run anything after.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    generation.wrappingAdd(1, ordering: .releasing)
    place.wakeAll()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  private func loop(_ index: Int) {
    var seen = 0
    while true {
      var spun = 0
      while generation.load(ordering: .acquiring) == seen {
        spun += 1
        if spun < Self.spins {
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
