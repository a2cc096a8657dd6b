/// Replaces what was shown under a display identifier.
public struct UpdateDisplayData: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "update_display_data"

  /// What to show instead, in several forms.
  public let bundle: MIMEBundle
  /// The name that it was shown under.
  public let displayID: String

  /// Creates the content.
  public init(_ bundle: MIMEBundle, displayID: String) {
    self.bundle = bundle
    self.displayID = displayID
  }

  /// The fields of the content.
  public var fields: JSONObject {
    [
      "data": .object(bundle.data), "metadata": .object(bundle.metadata),
      "transient": ["display_id": .string(displayID)],
    ]
  }
}
