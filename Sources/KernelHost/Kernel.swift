import Glibc
public import JupyterMessaging
public import Logging
import Synchronization

/// A running kernel: takes requests from a transport, runs cells through an interpreter, and publishes what they show.
///
/// Four threads share the work besides the caller's: one runs cells, one answers questions about code, one keeps and looks up
/// the history, one sends printed text; each subshell adds one that runs cells. The thread that calls `run()` receives; it never waits for the others.
public final class Kernel: Sendable {
  /// How long the end of the process waits for work that was told to stop.
  private static let farewellMilliseconds = 30
  /// How long a cell waits for others before they are written to the history together: the store takes no processor from
  /// the client and the cells that come next.
  private static let historyPauseMicroseconds: UInt32 = 10_000

  let interpreter: any CellInterpreter
  let shells: ShellTable
  let ports: [Channel: Int]
  private let transport: any Transport
  private let wire: WireFormat
  private let outlet: MessageOutlet
  private let activity: ActivityStatus
  private let questions: TaskLane
  private let past: TaskLane
  private let logger: Logger
  private let drops: DropLog

  /// Creates a kernel; its threads wait, and nothing is received before `run()`.
  ///
  /// - Parameters:
  ///   - connection: how messages are signed.
  ///   - transport: the channels, bound as `connection` says.
  ///   - interpreter: what runs the cells.
  ///   - history: what remembers cells across sessions, used from the first cell on, on a thread of its own; nil where each
  ///     shell's are remembered as long as the process lives.
  ///   - overflowFolder: where a file is written with what a cell prints beyond measure; nil for none.
  ///   - logger: where dropped messages are reported.
  /// - Throws: `KernelHostError` where the system refuses a thread.
  public init(
    connection: ConnectionFile, transport: any Transport, interpreter: any CellInterpreter,
    history: (any HistoryStore)? = nil, overflowFolder: String? = Kernel.defaultOverflowFolder, logger: Logger
  ) throws(KernelHostError) {
    self.interpreter = interpreter
    self.transport = transport
    self.logger = logger
    drops = DropLog(logger)
    ports = connection.ports
    wire = WireFormat(signer: MessageSigner(scheme: connection.scheme, key: connection.key.utf8))
    outlet = MessageOutlet(wire: wire, transport: transport)
    activity = ActivityStatus(outlet: outlet)
    let questions = try TaskLane(name: "questions")
    self.questions = questions
    let past = try TaskLane(name: "history")
    self.past = past
    let streams = StreamLimits(flusher: try StreamFlusher(), overflowFolder: overflowFolder)
    shells = ShellTable(makeHistory: { History(store: history ?? MemoryHistory()) }) {
      [activity] (shell: Shell) throws(KernelHostError) in
      let runner = CellRunner(
        shell: shell, interpreter: interpreter, activity: activity, streams: streams,
        saveHistory: {
          guard shell.history.awaitsSave() else { return }
          past.submit {
            usleep(Self.historyPauseMicroseconds)
            Self.save(shell.history, logger)
          }
        })
      try runner.start()
    }
  }

  /// The user's folder for what cells print beyond measure: `octet/outputs` in `$XDG_CACHE_HOME` or `~/.cache`.
  public static var defaultOverflowFolder: String? { UserFolder.cache.map { $0 + "/outputs" } }

  /// Serves until a shutdown request, SIGTERM or the end of the parent process, and gives the status to exit with.
  ///
  /// The caller exits at once after it: a cell that did not heed its cancellation may still be running.
  ///
  /// - Throws: what makes the transport unusable, or `KernelHostError` where the system refuses a thread.
  public func run() throws -> Int32 {
    try shells.startMain()
    outlet.publish(Status(.starting), parent: nil)
    try transport.run(Receiver(kernel: self, handlers: HandlerTable(self)))
    for _ in 0..<Self.farewellMilliseconds where shells.isRunning || !questions.isIdle || !past.isIdle { usleep(1000) }
    return 0
  }

  /// Tells the running cells to stop and aborts those that wait.
  public func interrupt() {
    shells.interrupt()
  }

  /// Stops the running cell, sends what is queued and makes `run()` return.
  public func shutdown() {
    shells.interrupt()
    transport.stop()
  }

  /// The cells of a history that are asked for; none where the store cannot be used.
  func entries(_ access: HistoryRequest.Access, of history: History) -> [HistoryReply.Entry] {
    Self.save(history, logger)
    do {
      return try history.entries(access)
    } catch {
      logger.warning("the history cannot be read: \(error)")
      return []
    }
  }

  private static func save(_ history: History, _ logger: Logger) {
    do {
      try history.save()
    } catch {
      logger.warning("cells are remembered only until the kernel ends: \(error)")
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
        kernel.drops.report("dropped a message on \(channel): \(error)")
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
      let header = context.message.header
      let type = header.messageType
      guard let shell = kernel.shells.shell(for: header) else {
        let refusal = ShellTable.Refusal.unknown(header.subshellID ?? "")
        kernel.activity.beginQuestion(context)
        kernel.activity.endQuestion(context, reply: context.failure(refusal.report))
        return
      }
      if type == ExecuteRequest.messageType {
        execute(context, in: shell)
      } else if let handler = handlers[type] {
        submit(handler, context)
      } else {
        kernel.drops.report("no answer to a message of the unknown type \(type)")
        kernel.activity.beginQuestion(context)
        kernel.activity.endQuestion(context, reply: nil)
      }
    }

    private func execute(_ context: RequestContext, in shell: Shell) {
      do {
        let request = try ExecuteRequest(ContentFields(context.message.content, of: ExecuteRequest.messageType))
        shell.queue.append(ExecutionQueue.Item(context: context, request: request))
      } catch {
        kernel.activity.beginQuestion(context)
        kernel.activity.endQuestion(context, reply: refusal(error, of: context))
      }
    }

    /// The reply to a request whose content is not what its type demands.
    private func refusal(_ error: MessagingError, of context: RequestContext) -> OutgoingFrames? {
      kernel.drops.report("refused a request: \(error)")
      return context.failure(
        ErrorReport(name: "InvalidRequest", value: error.description, traceback: [error.description]))
    }

    private func submit<Handler: RequestHandler>(_ handler: Handler, _ context: RequestContext) {
      switch Handler.lane {
      case .receiver: answer(handler, context)
      case .question: kernel.questions.submit { answer(handler, context) }
      case .past: kernel.past.submit { answer(handler, context) }
      }
    }

    private func answer<Handler: RequestHandler>(_ handler: Handler, _ context: RequestContext) {
      kernel.activity.beginQuestion(context)
      let reply: OutgoingFrames?
      do {
        let fields = ContentFields(context.message.content, of: Handler.Request.messageType)
        let request = try Handler.Request(fields)
        do {
          reply = try handler.respond(to: request, in: context).map { context.reply($0) }
        } catch {
          reply = context.failure(error.report)
        }
      } catch {
        reply = refusal(error, of: context)
      }
      kernel.activity.endQuestion(context, reply: reply)
    }
  }
}
