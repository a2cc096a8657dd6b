/// Asks what the kernel uses of the machine; an extension of the protocol that ipykernel introduced.
public struct UsageRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "usage_request"

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {}
}
