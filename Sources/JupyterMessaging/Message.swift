/// A message as it was received, verified and taken apart.
public struct IncomingMessage: Sendable {
  /// The routing frames of the sender, which a reply repeats.
  public let identities: [[UInt8]]
  /// The header.
  public let header: MessageHeader
  /// The metadata.
  public let metadata: JSONObject
  /// The content, whose meaning depends on the header's message type.
  public let content: JSONObject
  /// The binary frames behind the content; they are not signed.
  public let buffers: [[UInt8]]
}

/// A message to be sent; the wire format adds its header and signature.
public struct OutgoingMessage: Sendable {
  /// The channel that it goes out on.
  public var channel: Channel
  /// The frames in front of the delimiter: the identities of the receiver, or one topic on iopub.
  public var prefix: [[UInt8]]
  /// The type, such as `execute_reply`.
  public var messageType: String
  /// The bytes of the header that this message answers; nil where it answers none.
  public var parent: [UInt8]?
  /// The metadata.
  public var metadata: JSONObject
  /// The content.
  public var content: JSONObject
  /// The binary frames behind the content.
  public var buffers: [[UInt8]]

  /// Creates a message.
  public init(
    channel: Channel, prefix: [[UInt8]], messageType: String, parent: [UInt8]?, metadata: JSONObject = [:],
    content: JSONObject, buffers: [[UInt8]] = []
  ) {
    self.channel = channel
    self.prefix = prefix
    self.messageType = messageType
    self.parent = parent
    self.metadata = metadata
    self.content = content
    self.buffers = buffers
  }
}
