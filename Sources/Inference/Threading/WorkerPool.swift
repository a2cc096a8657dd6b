internal import Glibc
internal import Synchronization

/// Work that several threads do together, each another part of it at the same time.
package protocol DividedWork: AnyObject, Sendable {
  /// Does one part of an item; the parts together are all of it.
  ///
  /// - Throws: `InferenceError`.
  func perform(_ item: Int, part: WorkPart) throws(InferenceError)
}

/// Threads that do the parts of one item of a work together, item after item, and wait in between.
///
/// Each thread has a part of its own, whose data its cache may still hold from the item before; whoever is done takes parts
/// that nobody has begun, so that a thread which the system does not let run holds nobody up. A waiting thread spins for
/// some microseconds, since the next item usually comes sooner than the system could wake it, then sleeps. Running items
/// takes no memory and counts no references, which threads would pass from cache to cache.
///
/// Checked as Sendable by hand: `turn` and `threads` are changed by the caller alone, who runs one item at a time, and
/// `threads` only while no part is under way; the seats are atomics, at an address that stays until every thread has
/// ended.
@safe package final class WorkerPool: @unchecked Sendable {
  /// Threads that are wanted, the caller's included; where the system gives fewer, an item is divided among these.
  package let width: Int
  private let work: any DividedWork
  /// One for each part but the caller's, which has index 0.
  private let seats: UnsafeMutablePointer<WorkerSeat>
  private let place = SleepingPlace()
  private let failures = Mutex<[InferenceError]>([])
  private let hasFailed = Atomic<Bool>(false)
  /// Items that were run so far.
  private var turn = 0
  private var threads: [pthread_t] = []

  /// Pauses of a worker before it sleeps.
  private static let workerSpins = 20_000
  /// Pauses of the caller before it lets other threads have its processor, which the workers may be waiting for.
  private static let callerSpins = 1000

  /// Starts the threads.
  package init(width: Int, work: any DividedWork) {
    self.width = max(width, 1)
    self.work = work
    unsafe seats = .allocate(capacity: self.width)
    for index in 0..<self.width { unsafe (seats + index).initialize(to: WorkerSeat()) }
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

  deinit {
    unsafe seats.deinitialize(count: width)
    unsafe seats.deallocate()
  }

  private final class Start {
    let pool: WorkerPool
    let index: Int
    init(pool: WorkerPool, index: Int) {
      self.pool = pool
      self.index = index
    }
  }

  /// Does all parts of an item at the same time and returns when all are done.
  ///
  /// - Throws: the first error that a part met.
  package func run(_ item: Int) throws(InferenceError) {
    let count = threads.count + 1
    guard count > 1 else { return try work.perform(item, part: .whole) }
    turn += 1
    var areSleeping = false
    for index in 1..<count where unsafe seats[index].offer(item, turn: turn) { areSleeping = true }
    if areSleeping { place.wakeAll() }
    perform(item, WorkPart(index: 0, count: count))
    takeParts(behind: 0, of: count, turn: turn)
    for index in 1..<count {
      var spun = 0
      while unsafe seats[index].current.lastDone < turn {
        spun += 1
        if spun < Self.callerSpins { SpinHint.pause() } else { sched_yield() }
      }
    }
    if hasFailed.load(ordering: .relaxed) {
      hasFailed.store(false, ordering: .relaxed)
      let first = failures.withLock { failures in
        defer { failures = [] }
        return failures.first
      }
      if let first { throw first }
    }
  }

  private func perform(_ item: Int, _ part: WorkPart) {
    do throws(InferenceError) { try work.perform(item, part: part) } catch {
      failures.withLock { $0.append(error) }
      hasFailed.store(true, ordering: .relaxed)
    }
  }

  /// Does the parts of a turn that nobody has begun, beginning behind one's own.
  private func takeParts(behind own: Int, of count: Int, turn: Int) {
    for offset in 1..<count {
      let index = (own + offset) % count
      guard index > 0, unsafe seats[index].current == WorkerSeat.State(turn: turn, phase: .offered),
        unsafe seats[index].begin(turn: turn).isMine
      else { continue }
      perform(unsafe seats[index].offered, WorkPart(index: index, count: count))
      unsafe seats[index].finish(turn: turn)
    }
  }

  /// Ends the threads; whatever is run after is done by the caller alone.
  package func stop() {
    for index in threads.indices { _ = unsafe seats[index + 1].offer(0, turn: WorkerSeat.State.stop.turn) }
    place.wakeAll()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  private func loop(_ index: Int) {
    var last = 0
    var spun = 0
    while true {
      let (isMine, before) = unsafe seats[index].begin(turn: last + 1)
      if isMine {
        let count = threads.count + 1
        perform(unsafe seats[index].offered, WorkPart(index: index, count: count))
        last += 1
        spun = 0
        unsafe seats[index].finish(turn: last)
        takeParts(behind: index, of: count, turn: last)
      } else if before == .stop {
        return
      } else if before.lastDone > last {
        last = before.lastDone
        spun = 0
      } else if spun < Self.workerSpins || before.phase == .begun {
        spun += 1
        SpinHint.pause()
      } else if unsafe seats[index].fallAsleep(turn: last) {
        place.wait { unsafe seats[index].current == WorkerSeat.State(turn: last, phase: .asleep) }
        spun = 0
      }
    }
  }
}
