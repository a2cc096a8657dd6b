/// The declaration of one command, from which binding, completion, help and tests derive.
public struct CommandSignature: Sendable, Hashable {
  /// The first word.
  public let verb: String
  /// The fixed second word, such as `predictions` in `report predictions`.
  public let subject: String?
  /// Other spellings of the verb.
  public let aliases: [String]
  /// One line: what it does.
  public let summary: String
  /// Paragraphs for the full help page.
  public let discussion: String
  /// What a name stands for that is assigned the command; nil if it gives nothing that can be assigned.
  public let result: ReferenceKind?
  /// The arguments by place; only the last may be repeated.
  public let positional: [ParameterSignature]
  /// The arguments by label.
  public let labels: [ParameterSignature]
  /// Cells that show how it is used.
  public let examples: [CommandExample]

  /// A command.
  ///
  /// - Parameters:
  ///   - verb: The first word.
  ///   - subject: The fixed second word.
  ///   - aliases: Other spellings of the verb.
  ///   - summary: One line: what it does.
  ///   - discussion: Paragraphs for the full help page.
  ///   - result: What an assigned name stands for.
  ///   - positional: The arguments by place, required unless said otherwise.
  ///   - labels: The arguments by label, optional unless said otherwise.
  ///   - examples: Cells that show how it is used.
  public init(
    _ verb: String, subject: String? = nil, aliases: [String] = [], summary: String, discussion: String = "",
    result: ReferenceKind? = .result, positional: [ParameterSignature] = [], labels: [ParameterSignature] = [],
    examples: [CommandExample] = []
  ) {
    self.verb = verb
    self.subject = subject
    self.aliases = aliases
    self.summary = summary
    self.discussion = discussion
    self.result = result
    self.positional = positional.map { Self.resolved($0, required: true) }
    self.labels = labels.map { Self.resolved($0, required: false) }
    self.examples = examples
  }

  /// Verb and subject: `report predictions`.
  public var title: String { subject.map { "\(verb) \($0)" } ?? verb }

  /// The label of this name or spelling.
  public func label(_ name: String) -> ParameterSignature? {
    labels.first { $0.name == name || $0.spellings.contains(name) }
  }

  /// The positional argument at a place; a repeated last one takes all further places.
  public func positional(at place: Int) -> ParameterSignature? {
    if positional.indices.contains(place) { return positional[place] }
    guard let last = positional.last, last.isRepeated, place >= positional.count else { return nil }
    return last
  }

  /// All arguments, the positional ones first.
  public var parameters: [ParameterSignature] { positional + labels }

  private static func resolved(_ parameter: ParameterSignature, required: Bool) -> ParameterSignature {
    var parameter = parameter
    parameter.isRequired = parameter.declaredRequired ?? (required && parameter.defaultText == nil)
    return parameter
  }
}

/// A cell that shows how a command is used.
public struct CommandExample: Sendable, Hashable {
  /// The cell.
  public let text: String
  /// What it does, in one line.
  public let summary: String
  /// What it shows, in words or as output.
  public let shows: String?

  /// An example.
  public init(_ text: String, _ summary: String, shows: String? = nil) {
    self.text = text
    self.summary = summary
    self.shows = shows
  }
}
