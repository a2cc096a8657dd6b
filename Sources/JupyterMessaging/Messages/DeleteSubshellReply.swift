/// Says that a subshell has been told to end.
public struct DeleteSubshellReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "delete_subshell_reply"

  /// Creates the content.
  public init() {}

  /// The fields of the content.
  public var fields: JSONObject { ["status": "ok"] }
}
