import JupyterMessaging

/// Refuses to open a comm, since no target is offered: the front end sees it closed at once.
struct CommOpenHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  func respond(to request: CommOpen, in context: RequestContext) -> (any SentContent)? {
    context.publish(CommClose(commID: request.commID))
    return nil
  }
}

/// Takes what is said in a comm that is no longer open.
struct CommMessageHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  func respond(to request: CommMessage, in context: RequestContext) -> (any SentContent)? { nil }
}

/// Takes the end of a comm.
struct CommCloseHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  func respond(to request: CommClose, in context: RequestContext) -> (any SentContent)? { nil }
}
