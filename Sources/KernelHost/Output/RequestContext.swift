import JupyterMessaging

/// One request and the way to answer it.
struct RequestContext: Sendable {
  let message: IncomingMessage
  let channel: Channel
  let outlet: MessageOutlet

  /// The bytes of the request's header, the parent of every answer.
  var parent: [UInt8] { message.header.bytes }

  /// The subshell that the request is for; nil for the main shell.
  var subshellID: String? { message.header.subshellID }

  /// Publishes `content` on iopub as part of this request.
  func publish(_ content: some SentContent) {
    outlet.publish(content, parent: parent)
  }

  func status(_ state: Status.State) -> OutgoingFrames {
    outlet.encode(Status(state), parent: parent)
  }

  func reply(_ content: any SentContent, metadata: JSONObject = [:]) -> OutgoingFrames {
    reply(messageType: type(of: content).messageType, fields: content.fields, metadata: metadata)
  }

  /// The reply that says that the request failed; nil where its type has no reply.
  func failure(_ report: ErrorReport) -> OutgoingFrames? {
    let suffix = "_request"
    let type = message.header.messageType
    guard type.hasSuffix(suffix) else { return nil }
    return reply(messageType: type.dropLast(suffix.count) + "_reply", fields: ErrorReply(report).fields, metadata: [:])
  }

  private func reply(messageType: String, fields: JSONObject, metadata: JSONObject) -> OutgoingFrames {
    outlet.encode(
      OutgoingMessage(
        channel: channel, prefix: message.identities, messageType: messageType, parent: parent, metadata: metadata,
        content: fields))
  }
}
