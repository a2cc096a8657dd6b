/// Asks the kernel to stop the running cell.
public struct InterruptRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "interrupt_request"

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {}
}
