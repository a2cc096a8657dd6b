extension HelpPage {
  /// The page of one command.
  public init(of signature: CommandSignature) {
    let aliases = signature.aliases.map { "`\($0)`" }.joined(with: "and")
    let also = aliases.isEmpty ? "" : "Also written \(aliases)."
    let result =
      signature.result.map { "A name assigned to it stands for \($0 == .any ? "its result" : $0.phrase)." } ?? ""
    self.init(
      title: signature.title, usage: Self.usage(of: signature), summary: signature.summary,
      discussion: [signature.discussion, also, result].filter { !$0.isEmpty }.joined(separator: "\n\n"),
      sections: [
        Section("Values", signature.positional.map { Self.row(of: $0, isLabel: false) }),
        Section("Labels", signature.labels.map { Self.row(of: $0, isLabel: true) }),
      ], examples: signature.examples)
  }

  /// The page of a verb: of its command, or a list of its commands where it has several. Nil for an unknown verb.
  public init?(ofVerb verb: String, in vocabulary: CommandVocabulary) {
    let signatures = vocabulary.signatures(for: verb)
    guard let first = signatures.first else { return nil }
    guard signatures.count > 1 || first.subject != nil else {
      self.init(of: first)
      return
    }
    self.init(
      title: first.verb, usage: "\(first.verb) \(signatures.compactMap(\.subject).joined(separator: "|")) …",
      summary: "One of \(signatures.count) command\(signatures.count == 1 ? "" : "s"), by the word behind it.",
      sections: [Section("Commands", signatures.map { Row($0.title, $0.summary) })],
      examples: signatures.compactMap(\.examples.first))
  }

  /// The page of one argument of a command.
  public init(of parameter: ParameterSignature, in signature: CommandSignature) {
    let isLabel = signature.label(parameter.name) != nil
    let name = isLabel ? "\(parameter.name):" : parameter.name
    let spellings = parameter.spellings.map { "`\($0):`" }.joined(with: "and")
    var facts = ["Takes \(parameter.type.phrase)."]
    if parameter.isRequired { facts.append("It must be given.") }
    if let text = parameter.defaultText { facts.append("Without it, \(text) holds.") }
    if let absence = parameter.absence { facts.append("Without it: \(absence).") }
    if parameter.isRepeated { facts.append("It may be given several times.") }
    if !spellings.isEmpty { facts.append("Also written \(spellings).") }
    let uses = signature.examples.filter { !isLabel || $0.text.contains(name) }
    self.init(
      title: "\(signature.title) \(name)",
      usage: isLabel ? "\(name) \(parameter.type.shortName)" : parameter.type.shortName, summary: parameter.summary,
      discussion: facts.joined(separator: " "), sections: Self.sections(of: parameter.type), examples: uses)
  }

  /// The page of what a name stands for.
  public init(ofName name: String, _ entry: ScopeEntry) {
    let value = entry.literal.map { "`\($0)`" }
    let kind = entry.kind == .any ? "Assigned, but not known before it runs." : entry.kind.phrase.sentence
    self.init(
      title: name, summary: entry.summary.isEmpty ? value ?? kind : entry.summary,
      discussion: entry.summary.isEmpty && value == nil ? "" : kind)
  }

  /// The page of everything: all commands with one line each.
  public init(of vocabulary: CommandVocabulary) {
    self.init(
      title: "Commands", usage: "[name =] command values… label: value…",
      summary: "One statement a line; `#` begins a comment, and an indented line goes on with the one above it.",
      sections: [Section("Commands", vocabulary.signatures.map { Row($0.title, $0.summary) })])
  }

  /// How a command is written: `calibrate model using: dataset [preset: performance|mixed]`.
  ///
  /// Optional parts stand in square brackets. A brief form leaves optional labels out.
  public static func usage(of signature: CommandSignature, brief: Bool = false) -> String {
    var parts = [signature.title]
    for parameter in signature.positional {
      let name = parameter.name + (parameter.isRepeated ? "…" : "")
      parts.append(parameter.isRequired ? name : "[\(name)]")
    }
    for label in signature.labels where label.isRequired { parts.append("\(label.name): \(label.type.shortName)") }
    for label in signature.labels where !label.isRequired && !brief {
      parts.append("[\(label.name): \(label.type.shortName)]")
    }
    if brief, signature.labels.contains(where: { !$0.isRequired }) { parts.append("…") }
    return parts.joined(separator: " ")
  }

  private static func row(of parameter: ParameterSignature, isLabel: Bool) -> Row {
    Row(
      isLabel ? "\(parameter.name):" : parameter.name, type: parameter.type.shortName,
      absence: parameter.isRequired ? "required" : parameter.defaultText ?? parameter.absence ?? "", parameter.summary)
  }

  private static func sections(of type: ArgumentType) -> [Section] {
    type.alternatives.compactMap { type -> Section? in
      switch type {
      case .choice(let words): Section("Choices", words.map { Row($0.word, $0.summary) })
      case .list(of: .choice(let words), _): Section("Choices", words.map { Row($0.word, $0.summary) })
      case .condition(let columns), .column(let columns): Section("Columns", columns.map(row(of:)))
      case .list(of: .column(let columns), _): Section("Columns", columns.map(row(of:)))
      default: nil
      }
    }
  }

  static func row(of column: ColumnSignature) -> Row {
    Row(column.name, type: column.content == .any ? "" : column.content.rawValue, column.summary)
  }
}

extension String {
  /// The phrase with a capital letter and a full stop.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
