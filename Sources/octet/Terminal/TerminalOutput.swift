import Commands
import Documents
import Reports
import Synchronization

/// Shows a program's outputs in a terminal, and keeps them where a page of them is wanted.
final class TerminalOutput: CommandOutput {
  private let isQuiet: Bool
  private let keepsReports: Bool
  private let reports = Mutex<[any Report]>([])
  private let hasProgress = Mutex(false)

  /// An output.
  ///
  /// - Parameters:
  ///   - isQuiet: whether nothing is written to standard output.
  ///   - keepsReports: whether `page` is asked for at the end.
  init(isQuiet: Bool, keepsReports: Bool) {
    self.isQuiet = isQuiet
    self.keepsReports = keepsReports
  }

  func write(_ text: String, to stream: OutputStreamName) {
    endProgress()
    if stream == .stderr || !isQuiet { StandardStreams.write(text, to: stream) }
  }

  func show(_ report: any Report, isResult: Bool) {
    endProgress()
    if keepsReports { reports.withLock { $0.append(report) } }
    if !isQuiet { StandardStreams.write(report.plainText, to: .stdout) }
  }

  func showProgress(_ bar: ProgressBar, work: Int) {
    guard StandardStreams.isTerminal(.stderr) else { return }
    hasProgress.withLock { $0 = true }
    let line = Document(blocks: [.progress(bar)]).plainText(width: 79).split(separator: "\n").first ?? ""
    StandardStreams.write("\r\u{1B}[K\(line)", to: .stderr)
  }

  func page(_ report: any Report) { show(report, isResult: true) }

  func clear(wait: Bool) {}

  /// Leaves the line of a progress bar.
  func endProgress() {
    let isLineOpen = hasProgress.withLock { hasProgress in
      defer { hasProgress = false }
      return hasProgress
    }
    if isLineOpen { StandardStreams.write("\r\u{1B}[K", to: .stderr) }
  }

  /// Everything that was shown as one page of HTML.
  func htmlPage(title: String) -> String {
    var page = Document(title: title)
    for report in reports.withLock({ $0 }) {
      let document = report.document
      if !document.title.isEmpty { page.append(.heading(document.title, level: 1)) }
      if !document.subtitle.isEmpty { page.append(.paragraph(document.subtitle)) }
      page.blocks += report.pageWithCharts.blocks
    }
    return page.htmlPage()
  }
}
