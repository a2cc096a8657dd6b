/// Lists cells that were run before.
public struct HistoryReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "history_reply"

  /// One cell.
  public struct Entry: Sendable, Equatable {
    /// The number of the session.
    public let session: Int
    /// The cell's number in its session.
    public let line: Int
    /// The cell's text.
    public let input: String
    /// The plain text of the cell's result; nil where it had none.
    public let output: String?

    /// Creates an entry.
    public init(session: Int, line: Int, input: String, output: String?) {
      self.session = session
      self.line = line
      self.input = input
      self.output = output
    }
  }

  /// The cells, oldest first.
  public let entries: [Entry]
  /// Whether each comes with its result.
  public let includesOutput: Bool

  /// Creates the content.
  public init(_ entries: [Entry], includesOutput: Bool) {
    self.entries = entries
    self.includesOutput = includesOutput
  }

  /// The fields of the content.
  public var fields: JSONObject {
    let history = entries.map { entry -> JSONValue in
      let input = JSONValue.string(entry.input)
      let output = entry.output.map { JSONValue.string($0) } ?? .null
      return [.integer(entry.session), .integer(entry.line), includesOutput ? [input, output] : input]
    }
    return ["status": "ok", "history": .array(history)]
  }
}
