/// A statement that can run.
public struct BoundStatement: Sendable, Hashable {
  /// What the statement does.
  public enum Body: Sendable, Hashable {
    /// Runs a command.
    case command(BoundCommand)
    /// Shows a value, or lets a name stand for it.
    case value(BoundArgument)
  }

  /// The name that is assigned, if any.
  public let assignedName: NameSyntax?
  /// What it does.
  public let body: Body
  /// The place in the cell.
  public let span: SourceSpan
}

/// A command whose arguments fit its signature.
///
/// Accessors take the declared name of an argument and give nil where it was not given and has no default, or where its
/// value has another form. They never fail.
public struct BoundCommand: Sendable, Hashable {
  /// The command's declaration.
  public let signature: CommandSignature
  /// The name that the result is assigned to, if any.
  public let assignedName: NameSyntax?
  /// The place of the verb.
  public let verbSpan: SourceSpan
  /// The place of the whole statement.
  public let span: SourceSpan
  let given: [String: [BoundArgument]]
  let defaults: [String: BoundArgument]

  /// Whether an argument was written in the cell.
  public func isGiven(_ name: String) -> Bool { given[name] != nil }

  /// The place of an argument that was written, otherwise of the verb.
  public func span(of name: String) -> SourceSpan {
    guard let arguments = given[name], let first = arguments.first else { return verbSpan }
    return arguments.reduce(first.span) { $0.union($1.span) }
  }

  /// An argument's value, written or default; of a repeated one the first.
  public func argument(_ name: String) -> BoundArgument? { arguments(name).first }

  /// All values of an argument; the elements of a list one by one.
  public func arguments(_ name: String) -> [BoundArgument] {
    (given[name] ?? defaults[name].map { [$0] } ?? []).flatMap { argument in
      if case .list(let elements) = argument.value { elements } else { [argument] }
    }
  }

  /// The text or path.
  public func string(_ name: String) -> String? {
    if case .string(let text) = argument(name)?.value { text } else { nil }
  }

  /// All texts or paths.
  public func strings(_ name: String) -> [String] {
    arguments(name).compactMap { if case .string(let text) = $0.value { text } else { nil } }
  }

  /// The chosen word, column or verb.
  public func choice(_ name: String) -> String? {
    if case .choice(let word) = argument(name)?.value { word } else { nil }
  }

  /// All chosen words, columns or verbs.
  public func choices(_ name: String) -> [String] {
    arguments(name).compactMap { if case .choice(let word) = $0.value { word } else { nil } }
  }

  /// The truth value.
  public func bool(_ name: String) -> Bool? {
    if case .bool(let value) = argument(name)?.value { value } else { nil }
  }

  /// The whole number.
  public func integer(_ name: String) -> Int? {
    if case .integer(let value) = argument(name)?.value { value } else { nil }
  }

  /// All whole numbers; a range counts as all numbers in it.
  public func integers(_ name: String) -> [Int] {
    arguments(name).flatMap { argument -> [Int] in
      switch argument.value {
      case .integer(let value): [value]
      case .range(let range): Array(range)
      default: []
      }
    }
  }

  /// The range; a whole number counts as a range of one.
  public func range(_ name: String) -> ClosedRange<Int>? {
    switch argument(name)?.value {
    case .range(let range): range
    case .integer(let value): value...value
    default: nil
    }
  }

  /// The number in the base of its unit: a percentage as a part of 1, a time in seconds, memory in bytes.
  public func number(_ name: String) -> Double? { argument(name).flatMap(Self.number) }

  /// All numbers in the bases of their units.
  public func numbers(_ name: String) -> [Double] { arguments(name).compactMap(Self.number) }

  /// The percentage as a part of 1; nil where the value was written without `%`.
  public func fraction(_ name: String) -> Double? {
    if case .number(let value, .percent) = argument(name)?.value { value } else { nil }
  }

  /// The width and height in pixels.
  public func size(_ name: String) -> (width: Int, height: Int)? {
    if case .size(let width, let height) = argument(name)?.value { (width, height) } else { nil }
  }

  /// The name that was referred to.
  public func reference(_ name: String) -> BoundReference? { references(name).first }

  /// All names that were referred to.
  public func references(_ name: String) -> [BoundReference] {
    arguments(name).compactMap { argument in
      guard case .reference(let name, let kind) = argument.value else { return nil }
      return BoundReference(name: name, kind: kind, span: argument.span)
    }
  }

  /// The sample of a dataset.
  public func element(_ name: String) -> BoundElement? { elements(name).first }

  /// All samples of datasets.
  public func elements(_ name: String) -> [BoundElement] {
    arguments(name).compactMap { argument in
      guard case .element(let dataset, let key) = argument.value else { return nil }
      return BoundElement(dataset: dataset, key: key, span: argument.span)
    }
  }

  /// The condition.
  public func condition(_ name: String) -> BoundCondition? {
    if case .condition(let condition) = argument(name)?.value { condition } else { nil }
  }

  private static func number(_ argument: BoundArgument) -> Double? {
    switch argument.value {
    case .number(let value, _): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
}
