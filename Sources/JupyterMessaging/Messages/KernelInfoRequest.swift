/// Asks what kernel this is.
public struct KernelInfoRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "kernel_info_request"

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {}
}
