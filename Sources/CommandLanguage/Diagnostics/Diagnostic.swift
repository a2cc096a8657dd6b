/// Something to say about a place in a cell: what is wrong, where, and what to do.
public struct Diagnostic: Sendable, Hashable {
  /// How much it matters.
  public enum Severity: String, Sendable, Hashable {
    /// The statement cannot run.
    case error
    /// The statement runs, but perhaps not as meant.
    case warning
    /// Information only.
    case note
  }

  /// The kind of the problem, stable over versions; other modules may add their own.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The code's text, in kebab case.
    public let rawValue: String

    /// A code with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A code with this text.
    public init(_ rawValue: String) { self.rawValue = rawValue }
  }

  /// A further place that explains the problem.
  public struct Note: Sendable, Hashable {
    /// What is to be said.
    public var message: String
    /// The place, if it has one.
    public var span: SourceSpan?

    /// A note with or without a place.
    public init(_ message: String, span: SourceSpan? = nil) {
      self.message = message
      self.span = span
    }
  }

  /// The kind of the problem.
  public var code: Code
  /// How much it matters.
  public var severity: Severity
  /// The cause, in one sentence without a full stop.
  public var message: String
  /// The place; empty where something is missing between two characters.
  public var span: SourceSpan
  /// What could stand there, in the order to be shown.
  public var expected: [String]
  /// The remedy, such as "did you mean `load`?".
  public var help: String?
  /// Further places and facts.
  public var notes: [Note]

  /// A diagnostic of these parts.
  public init(
    _ code: Code, severity: Severity = .error, _ message: String, at span: SourceSpan, expected: [String] = [],
    help: String? = nil, notes: [Note] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.expected = expected
    self.help = help
    self.notes = notes
  }
}

extension Diagnostic.Code {
  /// A character that begins nothing.
  public static let invalidCharacter = Self("invalid-character")
  /// A string without its closing quote.
  public static let unterminatedString = Self("unterminated-string")
  /// A backslash that begins no escape.
  public static let invalidEscape = Self("invalid-escape")
  /// A number that is too large or badly formed.
  public static let invalidNumber = Self("invalid-number")
  /// A word behind a number that is no unit.
  public static let unknownUnit = Self("unknown-unit")
  /// Brackets within brackets beyond the limit.
  public static let nestingTooDeep = Self("nesting-too-deep")
  /// Something that cannot stand where it stands, or is missing there.
  public static let unexpectedToken = Self("unexpected-token")
  /// The text ends where a statement needs more.
  public static let unexpectedEnd = Self("unexpected-end")
  /// `true` or `false` used as a name.
  public static let reservedWord = Self("reserved-word")
  /// A first word that is no command.
  public static let unknownCommand = Self("unknown-command")
  /// A second word that the command does not know, or none.
  public static let unknownSubject = Self("unknown-subject")
  /// A label that the command does not have.
  public static let unknownLabel = Self("unknown-label")
  /// A name that was never assigned.
  public static let unknownName = Self("unknown-name")
  /// A required value or label is not there.
  public static let missingArgument = Self("missing-argument")
  /// A label given twice.
  public static let repeatedLabel = Self("repeated-label")
  /// A value of another type than the command takes there.
  public static let wrongType = Self("wrong-type")
  /// A name that stands for another kind of thing.
  public static let wrongKind = Self("wrong-kind")
  /// A value outside of its limits.
  public static let outOfRange = Self("out-of-range")
  /// A word that is none of the choices.
  public static let unknownChoice = Self("unknown-choice")
  /// A column that the table does not have.
  public static let unknownColumn = Self("unknown-column")
  /// More values than the command takes, or one behind a label's value.
  public static let tooManyValues = Self("too-many-values")
}
