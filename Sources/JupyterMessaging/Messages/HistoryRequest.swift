/// Asks for cells that were run before.
public struct HistoryRequest: ReceivedContent {
  /// The name of the type on the wire.
  public static let messageType = "history_request"

  /// Which cells are wanted.
  public enum Access: Sendable, Equatable {
    /// Those of one session with numbers from `start` up to, not including, `stop` (nil: to the end). Session 0 is the
    /// present one, negative sessions count back from it.
    case range(session: Int, start: Int, stop: Int?)
    /// The last `count` of all sessions.
    case tail(count: Int)
    /// The last `count` (nil: all) that match the glob `pattern` from their first to their last character; each text once
    /// where `isUnique`.
    case search(pattern: String, count: Int?, isUnique: Bool)
  }

  /// Which cells are wanted.
  public let access: Access
  /// Whether the results are wanted too.
  public let includesOutput: Bool

  /// Reads the content from `fields`.
  public init(_ fields: ContentFields) throws(MessagingError) {
    includesOutput = try fields.bool("output", default: false)
    let type = try fields.string("hist_access_type", default: "tail")
    switch type {
    case "range":
      access = .range(
        session: try fields.integer("session", default: 0), start: try fields.integer("start", default: 1),
        stop: fields.value("stop")?.integerValue)
    case "tail":
      access = .tail(count: try fields.integer("n", default: 10))
    case "search":
      access = .search(
        pattern: try fields.string("pattern", default: "*"), count: fields.value("n")?.integerValue,
        isUnique: try fields.bool("unique", default: false))
    default:
      throw MessagingError(
        .invalidContent, "\"\(type)\" is not range, tail or search",
        context: "\(Self.messageType) hist_access_type")
    }
  }
}
