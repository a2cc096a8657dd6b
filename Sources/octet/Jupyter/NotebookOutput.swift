import Commands
import Documents
import JupyterMessaging
import KernelHost
import Reports
import Synchronization

/// Shows a program's outputs beneath the cell that it is.
final class NotebookOutput: CommandOutput {
  private let output: any CellOutput
  private let displayPrefix: String
  private let shownWork = Mutex<Set<Int>>([])
  /// What made the reports that are shown next, as the metadata of an output.
  private let provenance = Mutex<JSONValue?>(nil)

  /// Outputs of one cell; display identifiers begin with a prefix that no other kernel uses.
  init(_ output: any CellOutput, displayPrefix: String) {
    self.output = output
    self.displayPrefix = displayPrefix
  }

  func write(_ text: String, to stream: OutputStreamName) {
    output.stream(stream == .stderr ? .stderr : .stdout, text)
  }

  func describe(_ provenance: Provenance?) {
    let json = provenance.flatMap { try? JSONValue(parsing: $0.data.json.utf8) }
    self.provenance.withLock { $0 = json }
  }

  func show(_ report: any Report, isResult: Bool) {
    if !report.chartsFollow { showCharts(of: report) }
    let bundle = described(report.bundle)
    if isResult { output.result(bundle) } else { output.display(bundle) }
    if report.chartsFollow { showCharts(of: report) }
  }

  private func showCharts(of report: any Report) {
    for chart in report.charts {
      if let bundle = try? chart.bundle() { output.display(described(bundle)) }
    }
  }

  private func described(_ bundle: Documents.MIMEBundle) -> JupyterMessaging.MIMEBundle {
    var bundle = JupyterMessaging.MIMEBundle(bundle)
    bundle.metadata["octet"] = provenance.withLock { $0 }
    return bundle
  }

  func showProgress(_ bar: ProgressBar, work: Int) {
    guard let page = try? Document(blocks: [.progress(bar)]).bundle() else { return }
    let bundle = JupyterMessaging.MIMEBundle(page)
    let displayID = "\(displayPrefix)-\(work)"
    if shownWork.withLock({ $0.insert(work).inserted }) {
      output.display(bundle, displayID: displayID)
    } else {
      output.updateDisplay(bundle, displayID: displayID)
    }
  }

  func page(_ report: any Report) { output.page(JupyterMessaging.MIMEBundle(report.bundle)) }

  func clear(wait: Bool) { output.clear(wait: wait) }
}
