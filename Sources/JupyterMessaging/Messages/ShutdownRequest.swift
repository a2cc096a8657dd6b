/// Asks the kernel to end.
public struct ShutdownRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "shutdown_request"

  /// Whether another kernel is about to start in its place.
  public let restarts: Bool

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    restarts = try fields.bool("restart", default: false)
  }
}
