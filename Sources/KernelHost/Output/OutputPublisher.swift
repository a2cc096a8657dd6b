import JupyterMessaging
import Synchronization

/// Publishes the output of one cell, printed text joined into few messages.
final class OutputPublisher: CellOutput {
  /// Printed text that is sent at once when it has grown to so many bytes.
  static let largestChunk = 64 * 1024

  private struct State {
    var text: PrintedText
    var pages: [MIMEBundle] = []
    var resultText: String?
    var outputCount = 0
  }

  private let context: RequestContext
  private let executionCount: Int
  private let isSilent: Bool
  private let limits: StreamLimits
  private let isCancelled: @Sendable () -> Bool
  private let state: Mutex<State>

  init(
    context: RequestContext, executionCount: Int, isSilent: Bool, limits: StreamLimits,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.context = context
    self.executionCount = executionCount
    self.isSilent = isSilent
    self.limits = limits
    self.isCancelled = isCancelled
    state = Mutex(State(text: PrintedText(folder: limits.overflowFolder, executionCount: executionCount)))
  }

  /// What the cell wants in the pager.
  var pages: [MIMEBundle] { state.withLock { $0.pages } }

  /// The plain text of the cell's value.
  var resultText: String? { state.withLock { $0.resultText } }

  func stream(_ name: Stream.Name, _ text: String) {
    guard !isSilent, !text.isEmpty else { return }
    if state.withLock({ $0.text.isShown }) { limits.awaitRoom(for: text.utf8.count, isCancelled: isCancelled) }
    let startsChunk = state.withLock { state in
      if state.text.mustFlush(before: name) { publishText(&state) }
      let startsChunk = state.text.pending.isEmpty
      state.text.append(text, to: name)
      if state.text.pending.utf8.count >= Self.largestChunk { publishText(&state) }
      return startsChunk && !state.text.pending.isEmpty
    }
    if startsChunk { limits.flusher.schedule(self) }
  }

  func display(_ bundle: MIMEBundle, displayID: String?) {
    publish(DisplayData(bundle, displayID: displayID))
  }

  func updateDisplay(_ bundle: MIMEBundle, displayID: String) {
    publish(UpdateDisplayData(bundle, displayID: displayID))
  }

  func result(_ bundle: MIMEBundle) {
    state.withLock { $0.resultText = bundle.data["text/plain"]?.stringValue }
    publish(ExecuteResult(bundle, executionCount: executionCount))
  }

  func clear(wait: Bool) {
    publish(ClearOutput(waitsForOutput: wait))
  }

  func page(_ bundle: MIMEBundle) {
    state.withLock { $0.pages.append(bundle) }
  }

  /// Sends the text printed so far.
  func flush() {
    state.withLock { publishText(&$0) }
  }

  /// Sends the text printed so far and says where the rest is, if not all of it is shown.
  func finish() {
    state.withLock { state in
      publishText(&state)
      if let ending = state.text.ending() { context.publish(Stream(state.text.name, text: ending)) }
    }
  }

  /// Publishes the cell's failure.
  func fail(_ report: ErrorReport) {
    publish(report)
  }

  private func publish(_ content: some SentContent) {
    guard !isSilent else { return }
    let count = state.withLock { state in
      publishText(&state)
      context.publish(content)
      state.outputCount += 1
      return state.outputCount
    }
    limits.pause(beforeOutput: count + 1)
  }

  private func publishText(_ state: inout State) {
    let text = state.text.takePending()
    if !text.isEmpty { context.publish(Stream(state.text.name, text: text)) }
  }
}
