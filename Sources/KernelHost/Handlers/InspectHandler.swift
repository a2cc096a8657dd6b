import JupyterMessaging

/// Asks the interpreter what stands at the cursor.
struct InspectHandler: RequestHandler {
  static let lane = HandlerLane.question

  let interpreter: any CellInterpreter

  func respond(to request: InspectRequest, in context: RequestContext) -> (any SentContent)? {
    let cursor = request.code.index(atScalar: request.cursorPosition)
    return InspectReply(interpreter.inspect(code: request.code, cursor: cursor, detail: request.detailLevel))
  }
}
