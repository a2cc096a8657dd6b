/// The header of a received message.
public struct MessageHeader: Sendable, Equatable {
  /// The message's identifier, unique within its session.
  public let messageID: String
  /// The type, such as `execute_request`.
  public let messageType: String
  /// The sender's session; empty where it gave none.
  public let session: String
  /// The subshell that the message is for; nil for the main shell.
  public let subshellID: String?
  /// The header as it came, which the parent header of every answer repeats byte by byte.
  public let bytes: [UInt8]

  /// Reads a header.
  ///
  /// - Throws: `MessagingError` with code `invalidJSON`, or `invalidHeader` where the text is not an object with a
  ///   `msg_id` and a `msg_type`.
  public init(parsing bytes: [UInt8]) throws(MessagingError) {
    guard let fields = try JSONValue(parsing: bytes).objectValue else {
      throw MessagingError(.invalidHeader, "the header is not an object")
    }
    guard let messageID = fields["msg_id"]?.stringValue, !messageID.isEmpty,
      let messageType = fields["msg_type"]?.stringValue, !messageType.isEmpty
    else { throw MessagingError(.invalidHeader, "the header lacks msg_id or msg_type") }
    self.messageID = messageID
    self.messageType = messageType
    session = fields["session"]?.stringValue ?? ""
    subshellID = fields["subshell_id"]?.stringValue
    self.bytes = bytes
  }
}
