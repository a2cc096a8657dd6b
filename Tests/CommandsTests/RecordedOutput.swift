import Commands
import Documents
import Reports
import Synchronization

/// What a program shows, as plain text, with what made it.
final class RecordedOutput: CommandOutput {
  let reports = Mutex<[String]>([])
  let progress = Mutex<[String]>([])
  let provenances = Mutex<[DataValue]>([])

  /// Everything that was shown.
  var text: String { reports.withLock { $0.joined(separator: "\n") } }

  func write(_ text: String, to stream: OutputStreamName) { reports.withLock { $0.append(text) } }
  func show(_ report: any Report, isResult: Bool) { reports.withLock { $0.append(report.plainText) } }
  func describe(_ provenance: Provenance?) {
    if let data = provenance?.data { provenances.withLock { $0.append(data) } }
  }
  func showProgress(_ bar: ProgressBar, work: Int) { progress.withLock { $0.append(bar.detail) } }
  func page(_ report: any Report) { show(report, isResult: true) }
  func clear(wait: Bool) {}
}
