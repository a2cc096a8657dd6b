import JupyterMessaging

/// Makes a subshell.
struct CreateSubshellHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  let shells: ShellTable

  func respond(to request: CreateSubshellRequest, in context: RequestContext) throws(RequestFailure)
    -> (any SentContent)?
  {
    do {
      return CreateSubshellReply(subshellID: try shells.create().id ?? "")
    } catch { throw RequestFailure(error.report) }
  }
}

/// Ends a subshell.
struct DeleteSubshellHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  let shells: ShellTable

  func respond(to request: DeleteSubshellRequest, in context: RequestContext) throws(RequestFailure)
    -> (any SentContent)?
  {
    do {
      try shells.delete(request.subshellID)
      return DeleteSubshellReply()
    } catch { throw RequestFailure(error.report) }
  }
}

/// Lists the subshells.
struct ListSubshellHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  let shells: ShellTable

  func respond(to request: ListSubshellRequest, in context: RequestContext) -> (any SentContent)? {
    ListSubshellReply(subshellIDs: shells.ids)
  }
}
