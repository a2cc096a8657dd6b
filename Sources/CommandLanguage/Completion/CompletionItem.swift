/// What could be typed at a cursor.
public struct CompletionList: Sendable, Hashable {
  /// The stretch that each item replaces, in UTF-8 offsets; the cursor lies in it or at its end.
  public var replaced: SourceSpan
  /// The items, best first.
  public var items: [CompletionItem]
}

/// One thing that could be typed.
public struct CompletionItem: Sendable, Hashable {
  /// What an item is.
  public enum Kind: String, Sendable, Hashable {
    /// A verb.
    case command
    /// The fixed second word of a command.
    case subject
    /// A label with its colon.
    case label
    /// A word that can be chosen, `true` and `false` among them.
    case choice
    /// A name that was assigned.
    case name
    /// A column of a table.
    case column
    /// A comparison, `and` or `or`.
    case `operator`
    /// A unit behind a number.
    case unit
    /// A file.
    case file
    /// A folder.
    case folder
    /// A sample of a dataset.
    case sample
  }

  /// The text that replaces the list's `replaced` stretch.
  public var text: String
  /// What it is.
  public var kind: Kind
  /// Its form in a few words, such as `performance|mixed` for a label or `model` for a name.
  public var signature: String
  /// One line about it.
  public var summary: String

  /// An item.
  public init(_ text: String, _ kind: Kind, signature: String = "", summary: String = "") {
    self.text = text
    self.kind = kind
    self.signature = signature
    self.summary = summary
  }
}
