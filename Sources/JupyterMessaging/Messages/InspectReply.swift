/// Tells what the text at the cursor is.
public struct InspectReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "inspect_reply"

  /// The description in several forms; nil where there is nothing to describe.
  public let bundle: MIMEBundle?

  /// Creates the content.
  public init(_ bundle: MIMEBundle?) {
    self.bundle = bundle
  }

  /// The fields of the content.
  public var fields: JSONObject {
    [
      "status": "ok", "found": .bool(bundle != nil), "data": .object(bundle?.data ?? [:]),
      "metadata": .object(bundle?.metadata ?? [:]),
    ]
  }
}
