/// Asks for ways to complete the text at the cursor.
public struct CompleteRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "complete_request"

  /// The text of the cell.
  public let code: String
  /// The position of the cursor, counted in Unicode scalars; at the end where the request does not say.
  public let cursorPosition: Int

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    code = try fields.string("code")
    cursorPosition = try fields.integer("cursor_pos", default: code.unicodeScalars.count)
  }
}
