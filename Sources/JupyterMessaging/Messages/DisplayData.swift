/// Publishes something to show.
public struct DisplayData: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "display_data"

  /// What to show, in several forms.
  public let bundle: MIMEBundle
  /// The name under which it can be replaced later; nil where it cannot.
  public let displayID: String?

  /// Creates the content.
  public init(_ bundle: MIMEBundle, displayID: String? = nil) {
    self.bundle = bundle
    self.displayID = displayID
  }

  /// The fields of the content.
  public var fields: JSONObject {
    [
      "data": .object(bundle.data), "metadata": .object(bundle.metadata),
      "transient": .object(displayID.map { ["display_id": .string($0)] } ?? [:]),
    ]
  }
}
