/// Confirms that the kernel ends.
public struct ShutdownReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "shutdown_reply"

  /// Whether another kernel is about to start in its place, as the request said.
  public let restarts: Bool

  /// Creates the content.
  public init(restarts: Bool) {
    self.restarts = restarts
  }

  /// The fields of the content.
  public var fields: JSONObject { ["status": "ok", "restart": .bool(restarts)] }
}
