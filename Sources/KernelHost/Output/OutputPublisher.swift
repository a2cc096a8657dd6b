import JupyterMessaging
import Synchronization

/// Publishes the output of one cell, printed text joined into few messages.
final class OutputPublisher: CellOutput {
  /// Printed text that is sent at once when it has grown to so many bytes.
  static let largestChunk = 64 * 1024

  private struct State {
    var streamName = Stream.Name.stdout
    var streamText = ""
    var pages: [MIMEBundle] = []
    var resultText: String?
  }

  private let context: RequestContext
  private let executionCount: Int
  private let isSilent: Bool
  private let flusher: StreamFlusher
  private let state = Mutex(State())

  init(context: RequestContext, executionCount: Int, isSilent: Bool, flusher: StreamFlusher) {
    self.context = context
    self.executionCount = executionCount
    self.isSilent = isSilent
    self.flusher = flusher
  }

  /// What the cell wants in the pager.
  var pages: [MIMEBundle] { state.withLock { $0.pages } }

  /// The plain text of the cell's value.
  var resultText: String? { state.withLock { $0.resultText } }

  func stream(_ name: Stream.Name, _ text: String) {
    guard !isSilent, !text.isEmpty else { return }
    let startsChunk = state.withLock { state in
      if name != state.streamName {
        publishText(&state)
        state.streamName = name
      }
      let startsChunk = state.streamText.isEmpty
      state.streamText += text
      if state.streamText.utf8.count >= Self.largestChunk { publishText(&state) }
      return startsChunk && !state.streamText.isEmpty
    }
    if startsChunk { flusher.schedule(self) }
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

  /// Publishes the cell's failure.
  func fail(_ report: ErrorReport) {
    publish(report)
  }

  private func publish(_ content: some SentContent) {
    guard !isSilent else { return }
    state.withLock { state in
      publishText(&state)
      context.publish(content)
    }
  }

  private func publishText(_ state: inout State) {
    guard !state.streamText.isEmpty else { return }
    context.publish(Stream(state.streamName, text: state.streamText))
    state.streamText = ""
  }
}
