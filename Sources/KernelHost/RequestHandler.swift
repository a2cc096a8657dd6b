import JupyterMessaging

/// Answers one type of request.
protocol RequestHandler: Sendable {
  /// The content of the requests.
  associatedtype Request: ReceivedContent

  /// Where the requests are answered.
  static var lane: HandlerLane { get }

  /// Answers one request; nil where its type has no reply. Busy and idle are published around the call.
  ///
  /// - Throws: why the request cannot be met; the reply then says so.
  func respond(to request: Request, in context: RequestContext) throws(RequestFailure) -> (any SentContent)?
}

/// Why a request cannot be met.
struct RequestFailure: Error {
  let report: ErrorReport

  init(_ report: ErrorReport) {
    self.report = report
  }
}

/// The threads on which requests are answered.
enum HandlerLane: Sendable {
  /// The thread that receives: for answers that are at hand.
  case receiver
  /// A thread beside the execution thread: for answers that need the interpreter.
  case question
  /// The thread that keeps the history.
  case past
}
