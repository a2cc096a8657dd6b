/// Confirms that the running cell was told to stop.
public struct InterruptReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "interrupt_reply"

  /// Creates the content.
  public init() {}

  /// The fields of the content.
  public var fields: JSONObject { ["status": "ok"] }
}
