import JupyterMessaging

/// The way out: gives messages their header and signature and queues them on the transport.
struct MessageOutlet: Sendable {
  let wire: WireFormat
  let transport: any Transport

  func encode(_ message: OutgoingMessage) -> OutgoingFrames {
    OutgoingFrames(channel: message.channel, frames: wire.encode(message))
  }

  func encode(_ content: some SentContent, parent: [UInt8]?) -> OutgoingFrames {
    encode(
      OutgoingMessage(
        channel: .iopub, prefix: [topic(of: content)], messageType: type(of: content).messageType, parent: parent,
        content: content.fields))
  }

  func publish(_ content: some SentContent, parent: [UInt8]?) {
    transport.send([encode(content, parent: parent)])
  }

  private func topic(of content: some SentContent) -> [UInt8] {
    if let stream = content as? Stream { return Array("stream.\(stream.name.rawValue)".utf8) }
    return Array("kernel.\(wire.session).\(type(of: content).messageType)".utf8)
  }
}
