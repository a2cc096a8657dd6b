/// Closes a comm, from either side.
public struct CommClose: ReceivedContent, SentContent {
  /// The name of the type on the wire.
  public static let messageType = "comm_close"

  /// The comm's identifier.
  public let commID: String

  /// Creates the content.
  public init(commID: String) {
    self.commID = commID
  }

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    commID = try fields.string("comm_id")
  }

  /// The fields of the content.
  public var fields: JSONObject { ["comm_id": .string(commID), "data": [:]] }
}
