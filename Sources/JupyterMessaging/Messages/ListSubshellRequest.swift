/// Asks which subshells there are.
public struct ListSubshellRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "list_subshell_request"

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {}
}
