/// Publishes text that a cell printed.
public struct Stream: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "stream"

  /// The streams of a process.
  public enum Name: String, Sendable, CaseIterable {
    /// Ordinary output.
    case stdout
    /// Warnings and diagnostics.
    case stderr
  }

  /// The stream.
  public let name: Name
  /// The text.
  public let text: String

  /// Creates the content.
  public init(_ name: Name, text: String) {
    self.name = name
    self.text = text
  }

  /// The fields of the content.
  public var fields: JSONObject {
    ["name": .string(name.rawValue), "text": .string(text)]
  }
}
