import JupyterMessaging

/// Looks cells up in the history.
struct HistoryHandler: RequestHandler {
  static let lane = HandlerLane.question

  let shells: ShellTable
  /// Brings a history's file up to date; the first call reads the earlier sessions.
  let save: @Sendable (History) -> Void

  func respond(to request: HistoryRequest, in context: RequestContext) -> (any SentContent)? {
    let history = (shells.shell(for: context.message.header) ?? shells.main).history
    save(history)
    return HistoryReply(history.entries(request.access), includesOutput: request.includesOutput)
  }
}
