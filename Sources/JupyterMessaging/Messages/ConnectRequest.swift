/// Asks for the ports of the kernel.
public struct ConnectRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "connect_request"

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {}
}
