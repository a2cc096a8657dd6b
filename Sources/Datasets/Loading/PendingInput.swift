import Dispatch
import Synchronization

/// A sample that is being decoded and preprocessed on another thread.
final class PendingInput: Sendable {
  let sample: Sample
  private let outcome = Mutex<Result<[Float], DatasetError>?>(nil)
  private let isFinished = DispatchSemaphore(value: 0)

  init(_ sample: Sample) { self.sample = sample }

  /// Hands over what came of the sample; to be called once.
  func finish(with result: Result<[Float], DatasetError>) {
    outcome.withLock { $0 = result }
    isFinished.signal()
  }

  /// Waits for a short while.
  ///
  /// - Returns: what came of the sample, or nil if it is not finished yet.
  func wait(milliseconds: Int) -> Result<[Float], DatasetError>? {
    guard isFinished.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return nil }
    return outcome.withLock { $0 }
  }
}
