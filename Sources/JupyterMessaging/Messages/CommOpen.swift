/// Opens a comm, a conversation of its own between a front end and a target in the kernel.
public struct CommOpen: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "comm_open"

  /// The comm's identifier.
  public let commID: String
  /// The target that is asked for.
  public let targetName: String

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    commID = try fields.string("comm_id")
    targetName = try fields.string("target_name", default: "")
  }
}
