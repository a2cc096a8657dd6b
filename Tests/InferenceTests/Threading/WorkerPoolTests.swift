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
    /// The part that fails.
    let failing: Int?

    init(failing: Int? = nil) { self.failing = failing }

    func perform(_ part: WorkPart) throws(InferenceError) {
      counts.withLock { $0[part.index, default: 0] += 1 }
      partCounts.withLock { _ = $0.insert(part.count) }
      threads.withLock { _ = $0.insert(pthread_self()) }
      if part.index == failing { throw InferenceError(.cancelled, "part \(part.index)") }
    }
  }

  @Test(arguments: 1...5) func `every part is done once a run`(width: Int) throws {
    let pool = WorkerPool(width: width)
    defer { pool.stop() }
    let tally = Tally()
    for run in 1...300 {
      try pool.run(tally)
      let counts = tally.counts.withLock { $0 }
      try #require(counts == Dictionary(uniqueKeysWithValues: (0..<width).map { ($0, run) }))
    }
    #expect(tally.partCounts.withLock { $0 } == [width])
    // A part that nobody has begun is done by whoever is free.
    #expect((1...width).contains(tally.threads.withLock { $0.count }))
  }

  /// Work of which part 0 takes so long that all other threads have begun theirs.
  private final class Meeting: DividedWork {
    let present = Atomic<Int>(0)

    func perform(_ part: WorkPart) {
      present.wrappingAdd(1, ordering: .sequentiallyConsistent)
      // Whoever is late meets the others too: the sum only grows.
      while present.load(ordering: .sequentiallyConsistent) < part.count { usleep(100) }
    }
  }

  @Test(arguments: 2...5) func `parts are done at the same time, one by each thread`(width: Int) throws {
    let pool = WorkerPool(width: width)
    defer { pool.stop() }
    let meeting = Meeting()
    try pool.run(meeting)
    #expect(meeting.present.load(ordering: .relaxed) == width)
  }

  /// Workers go to sleep between runs that are far apart.
  @Test func `sleeping workers wake up`() throws {
    let pool = WorkerPool(width: 3)
    defer { pool.stop() }
    let tally = Tally()
    for _ in 0..<20 {
      usleep(10_000)
      try pool.run(tally)
    }
    #expect(tally.counts.withLock { $0 } == [0: 20, 1: 20, 2: 20])
  }

  @Test(arguments: 0..<3) func `an error of a part comes out, and the pool lives on`(failing: Int) throws {
    let pool = WorkerPool(width: 3)
    defer { pool.stop() }
    for _ in 0..<50 {
      #expect { try pool.run(Tally(failing: failing)) } throws: {
        ($0 as? InferenceError)?.message == "part \(failing)"
      }
      try pool.run(Tally())
    }
  }

  @Test func `a stopped pool works with the caller alone`() throws {
    let pool = WorkerPool(width: 3)
    pool.stop()
    let tally = Tally()
    try pool.run(tally)
    #expect(tally.partCounts.withLock { $0 } == [1])
    #expect(tally.threads.withLock { $0 } == [pthread_self()])
  }

  @Test func `pools come and go`() throws {
    for width in [1, 2, 4, 9] {
      for isUsed in [false, true] {
        let pool = WorkerPool(width: width)
        if isUsed { try pool.run(Tally()) }
        pool.stop()
      }
    }
  }
}
