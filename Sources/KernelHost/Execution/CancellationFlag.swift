import Synchronization

/// Tells running work to stop.
final class CancellationFlag: Sendable {
  private let isSet = Atomic(false)

  var isCancelled: Bool { isSet.load(ordering: .relaxed) }

  func cancel() {
    isSet.store(true, ordering: .relaxed)
  }
}
