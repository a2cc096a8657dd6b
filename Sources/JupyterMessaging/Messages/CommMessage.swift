/// Says something in a comm.
public struct CommMessage: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "comm_msg"

  /// The comm's identifier.
  public let commID: String

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    commID = try fields.string("comm_id")
  }
}
