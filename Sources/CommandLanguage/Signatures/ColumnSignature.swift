/// A column of a table, as conditions and sort orders name it.
public struct ColumnSignature: Sendable, Hashable, ExpressibleByStringLiteral {
  /// What a column holds.
  public enum Content: String, Sendable, Hashable {
    /// Numbers; percentages compare as parts of 1.
    case number
    /// Text.
    case text
    /// `true` or `false`.
    case bool
    /// Not known; every comparison is accepted.
    case any
  }

  /// The name, as written in a condition.
  public let name: String
  /// What it holds.
  public let content: Content
  /// One line for help pages.
  public let summary: String
  /// Other names by which it is understood, in upper or lower case, such as its header.
  public let spellings: [String]

  /// A column.
  public init(_ name: String, _ content: Content = .any, _ summary: String = "", spellings: [String] = []) {
    self.name = name
    self.content = content
    self.summary = summary
    self.spellings = spellings
  }

  /// Whether the column is meant by a name.
  func isNamed(_ text: String) -> Bool {
    name == text || spellings.contains { $0.lowercased() == text.lowercased() }
  }

  /// A column of unknown content.
  public init(stringLiteral value: String) { self.init(value) }
}

/// A word that can be chosen.
public struct ChoiceWord: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The word, or words with spaces, which then have to be quoted.
  public let word: String
  /// One line for help pages and completion.
  public let summary: String

  /// A word with its meaning.
  public init(_ word: String, _ summary: String = "") {
    self.word = word
    self.summary = summary
  }

  /// A word that speaks for itself.
  public init(stringLiteral value: String) { self.init(value) }
}

/// A kind of file that a path may name.
public enum FileKind: Sendable, Hashable {
  /// A folder.
  case folder
  /// A file whose name ends with a point and this extension, in upper or lower case.
  case file(extension: String)
}
