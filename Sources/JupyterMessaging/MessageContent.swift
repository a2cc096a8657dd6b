/// The content of one message type.
public protocol MessageContent: Sendable {
  /// The type's name on the wire, such as `execute_request`.
  static var messageType: String { get }
}

/// A content that the kernel receives.
public protocol ReceivedContent: MessageContent {
  /// Reads the content.
  ///
  /// - Throws: `MessagingError` with code `invalidContent` where a field is missing or has the wrong type.
  init(_ fields: ContentFields) throws(MessagingError)
}

/// A content that the kernel sends.
public protocol SentContent: MessageContent {
  /// The content's fields.
  var fields: JSONObject { get }
}
