/// Asks to end a subshell.
public struct DeleteSubshellRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "delete_subshell_request"

  /// The subshell's identifier.
  public let subshellID: String

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    subshellID = try fields.string("subshell_id")
  }
}
