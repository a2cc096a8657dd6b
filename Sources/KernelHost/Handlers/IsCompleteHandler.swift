import JupyterMessaging

/// Asks the interpreter whether a text is ready to run.
struct IsCompleteHandler: RequestHandler {
  static let lane = HandlerLane.question

  let interpreter: any CellInterpreter

  func respond(to request: IsCompleteRequest, in context: RequestContext) -> (any SentContent)? {
    IsCompleteReply(interpreter.isComplete(code: request.code))
  }
}
