import Glibc
public import JupyterMessaging
public import Logging
import Synchronization

/// A running kernel: takes requests from a transport, runs cells through an interpreter, and publishes what they show.
///
/// Three threads share the work besides the caller's: one runs cells, one answers questions about code, one sends printed
/// text. The thread that calls `run()` receives; it never waits for the others.
public final class Kernel: Sendable {
  /// How long the end of the process waits for work that was told to stop.
  private static let farewellMilliseconds = 30

  let interpreter: any CellInterpreter
  let history: History
  let ports: [Channel: Int]
  private let transport: any Transport
  private let wire: WireFormat
  private let outlet: MessageOutlet
  private let activity: ActivityStatus
  private let queue = ExecutionQueue()
  private let questions: TaskLane
  private let flusher: StreamFlusher
  private let logger: Logger

  /// Creates a kernel; its threads wait, and nothing is received before `run()`.
  ///
  /// - Parameters:
  ///   - connection: how messages are signed.
  ///   - transport: the channels, bound as `connection` says.
  ///   - interpreter: what runs the cells.
  ///   - historyPath: the file that remembers cells across sessions; nil for none.
  ///   - logger: where dropped messages are reported.
  /// - Throws: `KernelHostError` where the system refuses a thread.
  public init(
    connection: ConnectionFile, transport: any Transport, interpreter: any CellInterpreter,
    historyPath: String? = Kernel.defaultHistoryPath, logger: Logger
  ) throws(KernelHostError) {
    self.interpreter = interpreter
    self.transport = transport
    self.logger = logger
    ports = connection.ports
    wire = WireFormat(signer: MessageSigner(scheme: connection.scheme, key: connection.key.utf8))
    outlet = MessageOutlet(wire: wire, transport: transport)
    activity = ActivityStatus(outlet: outlet)
    history = History(path: historyPath)
    questions = try TaskLane(name: "questions")
    flusher = try StreamFlusher()
  }

  /// The history file of the user: `octet/history.jsonl` in `$XDG_DATA_HOME` or `~/.local/share`.
  public static var defaultHistoryPath: String? { HistoryLocation.path }

  /// Serves until a shutdown request, SIGTERM or the end of the parent process, and gives the status to exit with.
  ///
  /// The caller exits at once after it: a cell that did not heed its cancellation may still be running.
  ///
  /// - Throws: what makes the transport unusable, or `KernelHostError` where the system refuses a thread.
  public func run() throws -> Int32 {
    let runner = CellRunner(
      queue: queue, interpreter: interpreter, activity: activity, flusher: flusher, history: history,
      saveHistory: { [self] in questions.submit(saveHistory) })
    try runner.start()
    outlet.publish(Status(.starting), parent: nil)
    try transport.run(Receiver(kernel: self, handlers: HandlerTable(self)))
    for _ in 0..<Self.farewellMilliseconds where queue.isRunning || !questions.isIdle { usleep(1000) }
    return 0
  }

  /// Tells the running cell to stop and aborts those that wait.
  public func interrupt() {
    queue.interrupt()
  }

  /// Stops the running cell, sends what is queued and makes `run()` return.
  public func shutdown() {
    queue.interrupt()
    transport.stop()
  }

  /// Brings the history file up to date.
  func saveHistory() {
    do {
      try history.save()
    } catch {
      logger.warning("\(error)")
    }
  }

  /// Takes what the transport receives to the thread that answers it.
  private struct Receiver: TransportReceiver {
    let kernel: Kernel
    let handlers: HandlerTable

    func receive(_ frames: [[UInt8]], on channel: Channel) {
      do {
        let message = try kernel.wire.decode(frames)
        guard channel == .shell || channel == .control else { return }
        dispatch(RequestContext(message: message, channel: channel, outlet: kernel.outlet))
      } catch {
        kernel.logger.warning("dropped a message on \(channel): \(error)")
      }
    }

    func welcome(toTopic topic: [UInt8]) -> [[UInt8]]? {
      guard let name = String(validating: topic, as: UTF8.self) else { return nil }
      let content = IOPubWelcome(subscription: name)
      return kernel.wire.encode(
        OutgoingMessage(
          channel: .iopub, prefix: [topic], messageType: IOPubWelcome.messageType, parent: nil, content: content.fields)
      )
    }

    func receiveInterrupt() {
      kernel.interrupt()
    }

    func receiveTermination() {
      kernel.shutdown()
    }

    private func dispatch(_ context: RequestContext) {
      let type = context.message.header.messageType
      if type == ExecuteRequest.messageType {
        execute(context)
      } else if let handler = handlers[type] {
        submit(handler, context)
      } else {
        kernel.logger.notice("no answer to a message of the unknown type \(type)")
        kernel.activity.beginQuestion(context)
        kernel.activity.endQuestion(context, reply: nil)
      }
    }

    private func execute(_ context: RequestContext) {
      do {
        let request = try ExecuteRequest(ContentFields(context.message.content, of: ExecuteRequest.messageType))
        kernel.queue.append(ExecutionQueue.Item(context: context, request: request))
      } catch {
        kernel.activity.beginQuestion(context)
        kernel.activity.endQuestion(context, reply: refusal(error, of: context))
      }
    }

    /// The reply to a request whose content is not what its type demands.
    private func refusal(_ error: MessagingError, of context: RequestContext) -> OutgoingFrames? {
      kernel.logger.warning("refused a request: \(error)")
      return context.failure(
        ErrorReport(name: "InvalidRequest", value: error.description, traceback: [error.description]))
    }

    private func submit<Handler: RequestHandler>(_ handler: Handler, _ context: RequestContext) {
      switch Handler.lane {
      case .receiver: answer(handler, context)
      case .question: kernel.questions.submit { answer(handler, context) }
      }
    }

    private func answer<Handler: RequestHandler>(_ handler: Handler, _ context: RequestContext) {
      kernel.activity.beginQuestion(context)
      let reply: OutgoingFrames?
      do {
        let fields = ContentFields(context.message.content, of: Handler.Request.messageType)
        reply = handler.respond(to: try Handler.Request(fields), in: context).map { context.reply($0) }
      } catch {
        reply = refusal(error, of: context)
      }
      kernel.activity.endQuestion(context, reply: reply)
    }
  }
}
