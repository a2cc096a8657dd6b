/// Why received bytes are not a message, or a file is not a connection file.
public struct MessagingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: Sendable, Equatable {
    /// The bytes are not JSON text.
    case invalidJSON
    /// The delimiter or one of the five frames behind it is missing.
    case missingFrame
    /// The signature is not that of the frames.
    case wrongSignature
    /// The signature was seen before.
    case replayedSignature
    /// The header is not an object with `msg_id` and `msg_type`.
    case invalidHeader
    /// A field of the content is missing or has the wrong type.
    case invalidContent
    /// The connection file cannot be read or lacks what is needed.
    case invalidConnectionFile
  }

  /// The kind of failure.
  public let code: Code
  /// What is wrong, and what to do about it where something can be done.
  public let message: String
  /// Where: a byte position, a message type with a field, or a path; empty where there is nothing to add.
  public let context: String

  /// Creates an error.
  public init(_ code: Code, _ message: String, context: String = "") {
    self.code = code
    self.message = message
    self.context = context
  }

  /// The message, with its context in front.
  public var description: String {
    context.isEmpty ? message : "\(context): \(message)"
  }
}
