import JupyterMessaging

/// Looks cells up in the history.
struct HistoryHandler: RequestHandler {
  static let lane = HandlerLane.past

  let shells: ShellTable
  /// The cells of a history that are asked for; the first call begins its session.
  let entries: @Sendable (HistoryRequest.Access, History) -> [HistoryReply.Entry]

  func respond(to request: HistoryRequest, in context: RequestContext) -> (any SentContent)? {
    let history = (shells.shell(for: context.message.header) ?? shells.main).history
    return HistoryReply(entries(request.access, history), includesOutput: request.includesOutput)
  }
}
