import CZeroMQ
import Glibc
import KernelHost
import Synchronization

/// The messages that wait to be sent, in order, with a descriptor that wakes the thread that sends them.
final class Outbox: Sendable {
  private struct State {
    var messages: [OutgoingFrames] = []
    var isStopped = false
    var isSenderAsleep = false
  }

  /// Readable while there is something to do for a sender that sleeps.
  let descriptor: Int32
  /// How often a sender looks for messages before it sleeps; each time it lets other threads go first.
  private static let patience = 200

  private let hasMessages = Atomic(false)
  private let state = Mutex(State())

  init() throws(TransportError) {
    descriptor = octet_eventfd()
    guard descriptor >= 0 else {
      throw .last(.socketCreation, "the system refused a descriptor; raise the limit of open files", context: "eventfd")
    }
  }

  deinit {
    close(descriptor)
  }

  /// Queues messages behind all others.
  func append(_ messages: [OutgoingFrames]) {
    change { state in
      state.messages += messages
      hasMessages.store(true, ordering: .relaxed)
    }
  }

  /// Lets the sender end as soon as it finds nothing to send.
  func stop() {
    change { $0.isStopped = true }
  }

  /// The messages that wait, or nil where none wait after `stop()`.
  func takeAll() -> [OutgoingFrames]? {
    state.withLock { state in
      if state.messages.isEmpty, state.isStopped { return nil }
      let messages = state.messages
      state.messages = []
      hasMessages.store(false, ordering: .relaxed)
      return messages
    }
  }

  /// Looks for messages for about a tenth of a millisecond without sleeping, since to be woken takes longer than most
  /// answers do; true where there are some.
  func awaitMessages() -> Bool {
    for _ in 0..<Self.patience where !hasMessages.load(ordering: .relaxed) { _ = sched_yield() }
    return hasMessages.load(ordering: .relaxed)
  }

  /// Announces that the sender will sleep until `descriptor` is readable; false where there is something to do first.
  func fallAsleep() -> Bool {
    state.withLock { state in
      guard state.messages.isEmpty, !state.isStopped else { return false }
      state.isSenderAsleep = true
      return true
    }
  }

  /// Notes that the sender is awake, and makes `descriptor` unreadable.
  func wakeUp() {
    state.withLock { $0.isSenderAsleep = false }
    var count: UInt64 = 0
    _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
  }

  private func change(_ body: (inout sending State) -> Void) {
    let wakes = state.withLock { state in
      body(&state)
      let wakes = state.isSenderAsleep
      state.isSenderAsleep = false
      return wakes
    }
    guard wakes else { return }
    var one: UInt64 = 1
    _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
  }
}
