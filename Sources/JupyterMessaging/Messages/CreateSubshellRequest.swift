/// Asks for a subshell, a second place beside the main shell where requests are answered in order.
public struct CreateSubshellRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "create_subshell_request"

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {}
}
