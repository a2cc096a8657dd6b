import JupyterMessaging

/// Lists the open comms, of which there are none as long as no target is offered.
struct CommInfoHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  func respond(to request: CommInfoRequest, in context: RequestContext) -> (any SentContent)? {
    CommInfoReply([])
  }
}
