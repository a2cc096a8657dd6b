import JupyterMessaging

/// Tells the kernel's ports.
struct ConnectHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  let ports: [Channel: Int]

  func respond(to request: ConnectRequest, in context: RequestContext) -> (any SentContent)? {
    ConnectReply(ports: ports)
  }
}
