/// Asks what the text at the cursor is.
public struct InspectRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "inspect_request"

  /// The text of the cell.
  public let code: String
  /// The position of the cursor, counted in Unicode scalars; at the end where the request does not say.
  public let cursorPosition: Int
  /// How much to tell: 0, or 1 for more.
  public let detailLevel: Int

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    code = try fields.string("code")
    cursorPosition = try fields.integer("cursor_pos", default: code.unicodeScalars.count)
    detailLevel = try fields.integer("detail_level", default: 0)
  }
}
