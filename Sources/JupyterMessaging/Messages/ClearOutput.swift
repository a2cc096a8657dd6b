/// Removes what a cell has shown so far.
public struct ClearOutput: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "clear_output"

  /// Whether to remove it only when the next output comes, which avoids flicker.
  public let waitsForOutput: Bool

  /// Creates the content.
  public init(waitsForOutput: Bool) {
    self.waitsForOutput = waitsForOutput
  }

  /// The fields of the content.
  public var fields: JSONObject { ["wait": .bool(waitsForOutput)] }
}
