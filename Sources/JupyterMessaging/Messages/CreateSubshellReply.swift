/// Names the subshell that was made.
public struct CreateSubshellReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "create_subshell_reply"

  /// The subshell's identifier, which requests to it carry in their header.
  public let subshellID: String

  /// Creates the content.
  public init(subshellID: String) {
    self.subshellID = subshellID
  }

  /// The fields of the content.
  public var fields: JSONObject { ["status": "ok", "subshell_id": .string(subshellID)] }
}
