/// Asks whether a console should run the text or wait for another line.
public struct IsCompleteRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "is_complete_request"

  /// The text so far.
  public let code: String

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    code = try fields.string("code")
  }
}
