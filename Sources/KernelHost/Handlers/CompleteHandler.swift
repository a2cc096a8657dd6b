import JupyterMessaging

/// Asks the interpreter for completions.
struct CompleteHandler: RequestHandler {
  static let lane = HandlerLane.question

  let interpreter: any CellInterpreter

  func respond(to request: CompleteRequest, in context: RequestContext) -> (any SentContent)? {
    let code = request.code
    let completion = interpreter.complete(code: code, cursor: code.index(atScalar: request.cursorPosition))
    return CompleteReply(matches: completion.matches, range: code.scalarOffsets(of: completion.range))
  }
}
