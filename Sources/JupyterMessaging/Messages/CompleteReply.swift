/// Lists ways to complete the text at the cursor.
public struct CompleteReply: SentContent {
  /// The name of the type on the wire.
  public static let messageType = "complete_reply"

  /// One way.
  public struct Match: Sendable, Equatable {
    /// The text that takes the place of the range.
    public let text: String
    /// What the text is, such as `function` or `keyword`; empty where that is not known.
    public let type: String
    /// How it is used, in one line; empty where there is nothing to say.
    public let signature: String

    /// Creates a match.
    public init(text: String, type: String = "", signature: String = "") {
      self.text = text
      self.type = type
      self.signature = signature
    }
  }

  /// The matches, best first.
  public let matches: [Match]
  /// The range that a match replaces, counted in Unicode scalars.
  public let range: Range<Int>

  /// Creates the content.
  public init(matches: [Match], range: Range<Int>) {
    self.matches = matches
    self.range = range
  }

  /// The fields of the content.
  public var fields: JSONObject {
    let start = JSONValue.integer(range.lowerBound)
    let end = JSONValue.integer(range.upperBound)
    let typed = matches.map { match -> JSONValue in
      [
        "start": start, "end": end, "text": .string(match.text), "type": .string(match.type),
        "signature": .string(match.signature),
      ]
    }
    return [
      "status": "ok", "matches": .array(matches.map { .string($0.text) }), "cursor_start": start, "cursor_end": end,
      "metadata": ["_jupyter_types_experimental": .array(typed)],
    ]
  }
}
