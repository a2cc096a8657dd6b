import JupyterMessaging

/// Describes the kernel.
struct KernelInfoHandler: RequestHandler {
  static let lane = HandlerLane.receiver

  private let reply: KernelInfoReply

  init(_ description: KernelDescription) {
    reply = KernelInfoReply(
      implementation: description.implementation, implementationVersion: description.implementationVersion,
      languageInfo: description.languageInfo, banner: description.banner, helpLinks: description.helpLinks,
      supportedFeatures: ["kernel subshells"])
  }

  func respond(to request: KernelInfoRequest, in context: RequestContext) -> (any SentContent)? {
    reply
  }
}
