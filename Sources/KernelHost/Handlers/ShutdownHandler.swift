import JupyterMessaging

/// Ends the kernel, and tells all clients.
struct ShutdownHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  let shutdown: @Sendable () -> Void

  func respond(to request: ShutdownRequest, in context: RequestContext) -> (any SentContent)? {
    let reply = ShutdownReply(restarts: request.restarts)
    context.publish(reply)
    shutdown()
    return reply
  }
}
