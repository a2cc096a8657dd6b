import Documents
import Synchronization

/// Tells how far one piece of work has come, at most ten times a second, and not at all where it is done at once.
final class ProgressReporter: Sendable {
  private static let quietTime = Duration.milliseconds(300)
  private static let interval = Duration.milliseconds(100)

  private struct State {
    var lastUpdate: ContinuousClock.Instant?
  }

  private let label: String
  private let work: Int
  private let output: any CommandOutput
  private let start = ContinuousClock().now
  private let state = Mutex(State())

  init(label: String, work: Int, output: any CommandOutput) {
    self.label = label
    self.work = work
    self.output = output
  }

  /// The finished part of the work from 0 to 1, and what has been finished, such as `62 of 200 images`.
  func update(_ fraction: Double, _ detail: String = "") {
    let now = ContinuousClock().now
    let isDue = state.withLock { state in
      let due = state.lastUpdate.map { now - $0 >= Self.interval } ?? (now - start >= Self.quietTime)
      if due { state.lastUpdate = now }
      return due
    }
    guard isDue else { return }
    let details = [detail, timeLeft(fraction, elapsed: (now - start) / .seconds(1))].filter { !$0.isEmpty }
    output.showProgress(
      ProgressBar(label: label, fraction: fraction, detail: details.joined(separator: ", ")), work: work)
  }

  /// So many of so many things are finished.
  func update(_ finished: Int, of total: Int, _ noun: String) {
    update(total > 0 ? Double(finished) / Double(total) : 0, "\(finished) of \(total) \(noun)")
  }

  /// The work is finished.
  ///
  /// - Parameter resumed: what an earlier run had left, in words; that is always told.
  func finish(_ detail: String = "", resumed: String = "") {
    guard state.withLock({ $0.lastUpdate != nil }) || !resumed.isEmpty else { return }
    let elapsed = (ContinuousClock().now - start) / .seconds(1)
    let time = NumberFormat.decimals(1, unit: "s").string(for: elapsed)
    let text = (detail.isEmpty ? time : "\(detail) in \(time)") + (resumed.isEmpty ? "" : ", \(resumed)")
    output.showProgress(ProgressBar(label: label, fraction: 1, detail: text), work: work)
  }

  /// The work was not needed, since its result was found in the cache.
  func skip() {
    output.showProgress(ProgressBar(label: label, fraction: 1, detail: "taken from the cache"), work: work)
  }

  private func timeLeft(_ fraction: Double, elapsed: Double) -> String {
    guard fraction > 0.02, fraction < 1 else { return "" }
    let seconds = elapsed / fraction * (1 - fraction)
    return seconds < 90
      ? "\(NumberFormat.integer.string(for: seconds.rounded(.up))) s left"
      : "\(NumberFormat.integer.string(for: (seconds / 60).rounded(.up))) min left"
  }
}
