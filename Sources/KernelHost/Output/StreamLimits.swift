import Glibc
import Synchronization

/// What the printing of all cells shares: the thread that sends it, and limits below those of Jupyter's servers.
///
/// A server drops what goes beyond 1000 messages or 1 MB of printed text a second, over 3 seconds (`iopub_msg_rate_limit`,
/// `iopub_data_rate_limit`, `rate_limit_window` of Jupyter Server), so nothing may come faster than that.
final class StreamLimits: Sendable {
  /// Bytes of text that one cell shows at most; what it prints beyond them goes to a file.
  static let largestText = 512 * 1024
  /// Bytes of text at the end of an overlong output that are shown too.
  static let tailSize = 8 * 1024
  /// Outputs of one cell that are sent without a pause.
  static let burstCount = 1000
  /// Between the outputs behind those.
  private static let pauseMicroseconds: UInt32 = 2000
  /// Bytes of text that all cells together print without a pause, and in a second from then on.
  private static let burstSize = 2_000_000.0
  private static let bytesPerSecond = 700_000.0

  let flusher: StreamFlusher
  /// The folder of the files with what is not shown; nil for none.
  let overflowFolder: String?
  private let start = ContinuousClock().now
  private let budget = Mutex((bytes: burstSize, seconds: 0.0))

  init(flusher: StreamFlusher, overflowFolder: String?) {
    self.flusher = flusher
    self.overflowFolder = overflowFolder
  }

  /// Waits until so many bytes of text may be sent, or until the cell is cancelled.
  func awaitRoom(for byteCount: Int, isCancelled: () -> Bool) {
    while !take(Double(byteCount)), !isCancelled() { usleep(Self.pauseMicroseconds) }
  }

  /// Waits before output number `count` of a cell is sent, where it has sent many already.
  func pause(beforeOutput count: Int) {
    if count > Self.burstCount { usleep(Self.pauseMicroseconds) }
  }

  private func take(_ byteCount: Double) -> Bool {
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    return budget.withLock { budget in
      budget.bytes = min(Self.burstSize, budget.bytes + (seconds - budget.seconds) * Self.bytesPerSecond)
      budget.seconds = seconds
      guard budget.bytes >= min(byteCount, Self.burstSize) else { return false }
      budget.bytes -= byteCount
      return true
    }
  }
}
