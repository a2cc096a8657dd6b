internal import Synchronization

/// The first error that any of several threads met.
final class FirstFailure: Sendable {
  private let first = Mutex<InferenceError?>(nil)

  var error: InferenceError? { first.withLock { $0 } }

  func record(_ error: InferenceError) {
    first.withLock { if $0 == nil { $0 = error } }
  }
}
