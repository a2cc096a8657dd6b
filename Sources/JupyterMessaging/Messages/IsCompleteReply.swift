/// Tells whether the text is ready to run.
public struct IsCompleteReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "is_complete_reply"

  /// The answers.
  public enum Completeness: Sendable, Equatable {
    /// It can run.
    case complete
    /// It goes on; the next line begins with `indent`.
    case incomplete(indent: String)
    /// It will never be valid.
    case invalid
    /// It cannot be told.
    case unknown
  }

  /// The answer.
  public let completeness: Completeness

  /// Creates the content.
  public init(_ completeness: Completeness) {
    self.completeness = completeness
  }

  /// The fields of the content.
  public var fields: JSONObject {
    switch completeness {
    case .complete: ["status": "complete"]
    case .incomplete(let indent): ["status": "incomplete", "indent": .string(indent)]
    case .invalid: ["status": "invalid"]
    case .unknown: ["status": "unknown"]
    }
  }
}
