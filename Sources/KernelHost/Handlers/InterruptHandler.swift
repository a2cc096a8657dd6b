import JupyterMessaging

/// Stops the running cell.
struct InterruptHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  let interrupt: @Sendable () -> Void

  func respond(to request: InterruptRequest, in context: RequestContext) -> (any SentContent)? {
    interrupt()
    return InterruptReply()
  }
}
