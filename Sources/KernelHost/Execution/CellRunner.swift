import Glibc
import JupyterMessaging
import Synchronization

/// Runs the queued cells of one shell one after another on a thread of their own.
final class CellRunner: Sendable {
  /// How long the reply of a failed cell is held back, so that requests sent along with it arrive and are aborted: whoever
  /// sends several cells at once sends them before it can know of the failure.
  private static let settleMicroseconds: UInt32 = 20_000

  /// Stack of the execution thread, enough for deeply nested values.
  private static let stackSize = 16 * 1024 * 1024

  private let shell: Shell
  private let interpreter: any CellInterpreter
  private let activity: ActivityStatus
  private let streams: StreamLimits
  private let saveHistory: @Sendable () -> Void
  private let executionCount = Atomic(0)

  init(
    shell: Shell, interpreter: any CellInterpreter, activity: ActivityStatus, streams: StreamLimits,
    saveHistory: @escaping @Sendable () -> Void
  ) {
    self.shell = shell
    self.interpreter = interpreter
    self.activity = activity
    self.streams = streams
    self.saveHistory = saveHistory
  }

  /// Starts the thread, which ends when the shell's queue is closed and empty.
  func start() throws(KernelHostError) {
    try WorkerThread.start(name: "execution", stackSize: Self.stackSize) { [self] in
      while let item = shell.queue.next() {
        activity.beginExecution(item.context)
        let reply = item.isAborted ? abortedReply(item) : run(item)
        shell.queue.finish()
        activity.endExecution(item.context, reply: reply)
        if item.request.storesHistory { saveHistory() }
      }
    }
  }

  private func abortedReply(_ item: ExecutionQueue.Item) -> OutgoingFrames {
    item.context.reply(ExecuteReply(.aborted, executionCount: executionCount.load(ordering: .relaxed)))
  }

  private func run(_ item: ExecutionQueue.Item) -> OutgoingFrames {
    let request = item.request
    let started = Timestamp.now()
    let count =
      request.storesHistory
      ? executionCount.add(1, ordering: .relaxed).newValue : executionCount.load(ordering: .relaxed)
    let output = OutputPublisher(
      context: item.context, executionCount: count, isSilent: request.isSilent, limits: streams,
      isCancelled: { [cancellation = item.cancellation] in cancellation.isCancelled })
    if !request.isSilent { item.context.publish(ExecuteInput(code: request.code, executionCount: count)) }
    let cell = CellRequest(
      code: request.code, isSilent: request.isSilent, storesHistory: request.storesHistory,
      cellID: item.context.message.metadata["cellId"]?.stringValue,
      deletedCellIDs: (item.context.message.metadata["deletedCells"]?.arrayValue ?? []).compactMap(\.stringValue),
      executionCount: count,
      isCancelled: { [cancellation = item.cancellation] in cancellation.isCancelled })
    let result = interpreter.execute(cell, output: output)
    output.finish()
    let outcome = outcome(of: result, item, output)
    if request.storesHistory { shell.history.append(line: count, input: request.code, output: output.resultText) }
    return item.context.reply(
      ExecuteReply(outcome, executionCount: count), metadata: ["started": .string(started)])
  }

  private func outcome(
    of result: CellResult, _ item: ExecutionQueue.Item, _ output: OutputPublisher
  ) -> ExecuteReply.Outcome {
    switch result {
    case .ok:
      let values = item.request.userExpressions.map {
        (name: $0.name, result: interpreter.evaluate(expression: $0.expression))
      }
      return .ok(payload: item.request.isSilent ? [] : output.pages, userExpressions: values)
    case .error(let report):
      output.fail(report)
      if item.request.stopsOnError, !item.request.isSilent {
        if !item.cancellation.isCancelled { usleep(Self.settleMicroseconds) }
        shell.queue.abortWaiting()
      }
      return .error(report)
    }
  }
}
