import JupyterMessaging

/// Looks cells up in the history.
struct HistoryHandler: RequestHandler {
  static let lane = HandlerLane.question

  let history: History
  /// Brings the file up to date; the first call reads the earlier sessions.
  let save: @Sendable () -> Void

  func respond(to request: HistoryRequest, in context: RequestContext) -> (any SentContent)? {
    save()
    return HistoryReply(history.entries(request.access), includesOutput: request.includesOutput)
  }
}
