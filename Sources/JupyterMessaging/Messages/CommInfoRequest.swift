/// Asks which comms are open.
public struct CommInfoRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "comm_info_request"

  /// The target whose comms are wanted; nil for all.
  public let targetName: String?

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    targetName = fields.value("target_name")?.stringValue
  }
}
