/// A page of help as structure, from which text or HTML is made.
public struct HelpPage: Sendable, Hashable {
  /// A table of words and what they mean.
  public struct Section: Sendable, Hashable {
    /// The heading, such as "Labels".
    public var title: String
    /// The rows.
    public var rows: [Row]

    /// A table.
    public init(_ title: String, _ rows: [Row]) {
      self.title = title
      self.rows = rows
    }
  }

  /// One word and what it means.
  public struct Row: Sendable, Hashable {
    /// The word; a label with its colon.
    public var name: String
    /// What it takes, such as `performance|mixed`; may be empty.
    public var type: String
    /// `required`, the default value, or what happens without it; may be empty.
    public var absence: String
    /// What it means.
    public var summary: String

    /// A row.
    public init(_ name: String, type: String = "", absence: String = "", _ summary: String) {
      self.name = name
      self.type = type
      self.absence = absence
      self.summary = summary
    }
  }

  /// What the page is about: `calibrate`, `calibrate using:`, `photos`.
  public var title: String
  /// The form in which it is written; empty for names.
  public var usage: String
  /// One line.
  public var summary: String
  /// Paragraphs; may be empty.
  public var discussion: String
  /// The tables.
  public var sections: [Section]
  /// Cells that show how it is used.
  public var examples: [CommandExample]

  /// A page of these parts.
  public init(
    title: String, usage: String = "", summary: String, discussion: String = "", sections: [Section] = [],
    examples: [CommandExample] = []
  ) {
    self.title = title
    self.usage = usage
    self.summary = summary
    self.discussion = discussion
    self.sections = sections.filter { !$0.rows.isEmpty }
    self.examples = examples
  }
}
