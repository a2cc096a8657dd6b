/// Lists the subshells, without the main shell.
public struct ListSubshellReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "list_subshell_reply"

  /// Their identifiers, oldest first.
  public let subshellIDs: [String]

  /// Creates the content.
  public init(subshellIDs: [String]) {
    self.subshellIDs = subshellIDs
  }

  /// The fields of the content.
  public var fields: JSONObject {
    ["status": "ok", "subshell_id": .array(subshellIDs.map { .string($0) })]
  }
}
