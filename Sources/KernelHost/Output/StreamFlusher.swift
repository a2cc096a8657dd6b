import Dispatch
import Glibc
import Synchronization

/// Sends printed text a twentieth of a second after it was printed, on a thread that sleeps while nothing is printed.
final class StreamFlusher: Sendable {
  private static let delayMicroseconds: UInt32 = 50_000

  private let waiting = Mutex<[OutputPublisher]>([])
  private let arrival = DispatchSemaphore(value: 0)

  /// Starts the flusher's thread.
  init() throws(KernelHostError) {
    try WorkerThread.start(name: "stream-flusher", stackSize: 256 * 1024) { [self] in serve() }
  }

  /// Flushes `publisher` a little later.
  func schedule(_ publisher: OutputPublisher) {
    let isFirst = waiting.withLock { waiting in
      waiting.append(publisher)
      return waiting.count == 1
    }
    if isFirst { arrival.signal() }
  }

  private func serve() -> Never {
    while true {
      arrival.wait()
      usleep(Self.delayMicroseconds)
      let publishers = waiting.withLock { waiting in
        let publishers = waiting
        waiting = []
        return publishers
      }
      for publisher in publishers { publisher.flush() }
    }
  }
}
