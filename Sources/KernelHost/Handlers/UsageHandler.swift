import JupyterMessaging

/// Tells what the kernel uses of the machine.
struct UsageHandler: RequestHandler {
  static let lane = HandlerLane.question

  private let meter = UsageMeter()

  func respond(to request: UsageRequest, in context: RequestContext) -> (any SentContent)? { meter.reading() }
}
