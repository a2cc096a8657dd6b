/// The tree of one cell: its statements in order.
public struct CellSyntax: Sendable, Hashable {
  /// The statements, also those with mistakes in them.
  public var statements: [StatementSyntax]
  /// Whether the text stops where the last statement still needs something, such as a closing bracket.
  public var endsEarly: Bool

  /// A cell of these statements.
  public init(statements: [StatementSyntax], endsEarly: Bool = false) {
    self.statements = statements
    self.endsEarly = endsEarly
  }
}

/// One statement: `[name =] command` or `[name =] value`.
public struct StatementSyntax: Sendable, Hashable {
  /// What a statement does.
  public enum Body: Sendable, Hashable {
    /// A verb and its arguments; a lone word is also read as this, and may turn out to be a name.
    case command(CommandSyntax)
    /// A value to be shown.
    case value(ValueSyntax)
    /// Nothing usable; a diagnostic says why.
    case missing
  }

  /// The name left of `=`, if there is one.
  public var assignedName: NameSyntax?
  /// What stands right of `=`, or the whole statement.
  public var body: Body
  /// The statement's place, from its first to its last token.
  public var span: SourceSpan
  /// Whether the parser found a mistake in the statement.
  public var hasErrors: Bool

  /// A statement of these parts.
  public init(assignedName: NameSyntax? = nil, body: Body, span: SourceSpan, hasErrors: Bool = false) {
    self.assignedName = assignedName
    self.body = body
    self.span = span
    self.hasErrors = hasErrors
  }
}

/// A word with its place.
public struct NameSyntax: Sendable, Hashable {
  /// The word as written.
  public var text: String
  /// Its place.
  public var span: SourceSpan

  /// A word at a place.
  public init(_ text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// A verb and its arguments in the order in which they were written.
public struct CommandSyntax: Sendable, Hashable {
  /// The verb.
  public var verb: NameSyntax
  /// The arguments.
  public var arguments: [ArgumentSyntax]

  /// A verb with arguments.
  public init(verb: NameSyntax, arguments: [ArgumentSyntax] = []) {
    self.verb = verb
    self.arguments = arguments
  }
}

/// One argument: `value` or `label: value`.
public struct ArgumentSyntax: Sendable, Hashable {
  /// The label, without its colon.
  public var label: NameSyntax?
  /// The value; its kind is `missing` when nothing stands behind the label.
  public var value: ValueSyntax

  /// An argument with or without a label.
  public init(label: NameSyntax? = nil, value: ValueSyntax) {
    self.label = label
    self.value = value
  }

  /// The place of label and value together.
  public var span: SourceSpan { label.map { $0.span.union(value.span) } ?? value.span }
}
