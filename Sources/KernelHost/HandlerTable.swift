import JupyterMessaging

/// The handler of every message type that is answered beside the execution thread.
struct HandlerTable: Sendable {
  private let handlers: [String: any RequestHandler]

  init(_ kernel: Kernel) {
    let all: [any RequestHandler] = [
      CommCloseHandler(), CommInfoHandler(), CommMessageHandler(), CommOpenHandler(),
      CompleteHandler(interpreter: kernel.interpreter), ConnectHandler(ports: kernel.ports),
      CreateSubshellHandler(shells: kernel.shells), DeleteSubshellHandler(shells: kernel.shells),
      HistoryHandler(shells: kernel.shells, entries: kernel.entries),
      InspectHandler(interpreter: kernel.interpreter), InterruptHandler(interrupt: kernel.interrupt),
      IsCompleteHandler(interpreter: kernel.interpreter), KernelInfoHandler(kernel.interpreter.description),
      ListSubshellHandler(shells: kernel.shells), ShutdownHandler(shutdown: kernel.shutdown), UsageHandler(),
    ]
    handlers = Dictionary(all.map { (Self.messageType(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(messageType: String) -> (any RequestHandler)? { handlers[messageType] }

  private static func messageType<Handler: RequestHandler>(of _: Handler) -> String { Handler.Request.messageType }
}
