import Glibc
import Inference
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  /// Work whose parts note that they were done, and by which thread.
  private final class Tally: DividedWork {
    let counts = Mutex<[Int: Int]>([:])
    let partCounts = Mutex<Set<Int>>([])
    let threads = Mutex<Set<pthread_t>>([])
    let items = Mutex<[Int]>([])
    /// The item whose part of the same index fails.
    let failing: Int?

    init(failing: Int? = nil) { self.failing = failing }

    func perform(_ item: Int, part: WorkPart) throws(InferenceError) {
      items.withLock { $0.append(item) }
      counts.withLock { $0[part.index, default: 0] += 1 }
      partCounts.withLock { _ = $0.insert(part.count) }
      threads.withLock { _ = $0.insert(pthread_self()) }
      if part.index == failing, item == failing { throw InferenceError(.cancelled, "part \(part.index)") }
    }
  }

  @Test(arguments: 1...5) func `every part is done once a run`(width: Int) throws {
    let tally = Tally()
    let pool = WorkerPool(width: width, work: tally)
    defer { pool.stop() }
    for run in 1...300 {
      try pool.run(run)
      let counts = tally.counts.withLock { $0 }
      try #require(counts == Dictionary(uniqueKeysWithValues: (0..<width).map { ($0, run) }))
    }
    #expect(tally.partCounts.withLock { $0 } == [width])
    #expect(tally.items.withLock { $0 } == (1...300).flatMap { [Int](repeating: $0, count: width) })
    // A part that nobody has begun is done by whoever is free.
    #expect((1...width).contains(tally.threads.withLock { $0.count }))
  }

  /// Work of which part 0 takes so long that all other threads have begun theirs.
  private final class Meeting: DividedWork {
    let present = Atomic<Int>(0)

    func perform(_ item: Int, part: WorkPart) {
      present.wrappingAdd(1, ordering: .sequentiallyConsistent)
      // Whoever is late meets the others too: the sum only grows.
      while present.load(ordering: .sequentiallyConsistent) < part.count { usleep(100) }
    }
  }

  @Test(arguments: 2...5) func `parts are done at the same time, one by each thread`(width: Int) throws {
    let meeting = Meeting()
    let pool = WorkerPool(width: width, work: meeting)
    defer { pool.stop() }
    try pool.run(0)
    #expect(meeting.present.load(ordering: .relaxed) == width)
  }

  /// Workers go to sleep between runs that are far apart.
  @Test func `sleeping workers wake up`() throws {
    let tally = Tally()
    let pool = WorkerPool(width: 3, work: tally)
    defer { pool.stop() }
    for run in 0..<20 {
      usleep(10_000)
      try pool.run(run)
    }
    #expect(tally.counts.withLock { $0 } == [0: 20, 1: 20, 2: 20])
  }

  /// Work whose caller is busy for so long that the workers sleep before it looks for them.
  private final class LongFirstPart: DividedWork {
    let done = Atomic<Int>(0)

    func perform(_ item: Int, part: WorkPart) {
      if part.index == 0 { usleep(20_000) }
      done.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }
  }

  @Test func `workers that sleep before the caller is done are not waited for`() throws {
    let work = LongFirstPart()
    let pool = WorkerPool(width: 3, work: work)
    defer { pool.stop() }
    for _ in 0..<5 { try pool.run(0) }
    #expect(work.done.load(ordering: .relaxed) == 15)
  }

  @Test(arguments: 0..<3) func `an error of a part comes out, and the pool lives on`(failing: Int) throws {
    let pool = WorkerPool(width: 3, work: Tally(failing: failing))
    defer { pool.stop() }
    for _ in 0..<50 {
      #expect { try pool.run(failing) } throws: { ($0 as? InferenceError)?.message == "part \(failing)" }
      try pool.run(failing + 1)
    }
  }

  @Test func `a stopped pool works with the caller alone`() throws {
    let tally = Tally()
    let pool = WorkerPool(width: 3, work: tally)
    pool.stop()
    try pool.run(0)
    #expect(tally.partCounts.withLock { $0 } == [1])
    #expect(tally.threads.withLock { $0 } == [pthread_self()])
  }

  @Test func `pools come and go`() throws {
    for width in [1, 2, 4, 9] {
      for isUsed in [false, true] {
        let pool = WorkerPool(width: width, work: Tally())
        if isUsed { try pool.run(0) }
        pool.stop()
      }
    }
  }
}
