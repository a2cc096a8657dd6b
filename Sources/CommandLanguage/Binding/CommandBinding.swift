/// The binding of one command, while it is under way.
struct CommandBinding {
  let vocabulary: CommandVocabulary
  let scope: any NameScope
  let statement: StatementSyntax
  let command: CommandSyntax
  private(set) var diagnostics: [Diagnostic] = []
  private var given: [String: [BoundArgument]] = [:]
  /// The names of the arguments that were written, also of those whose value does not fit, with the first place.
  private var written: [String: SourceSpan] = [:]

  init(vocabulary: CommandVocabulary, scope: any NameScope, statement: StatementSyntax, command: CommandSyntax) {
    self.vocabulary = vocabulary
    self.scope = scope
    self.statement = statement
    self.command = command
  }

  /// The bound command, or nil with at least one diagnostic.
  mutating func run() -> BoundCommand? {
    guard let (signature, arguments) = resolveSignature() else { return nil }
    if let name = statement.assignedName, signature.result == nil {
      diagnostics.append(
        Diagnostic(
          .wrongKind, "`\(signature.title)` gives nothing that could have a name", at: name.span,
          help: "leave out `\(name.text) =`"))
    }
    bind(arguments, signature)
    if !diagnostics.contains(where: { $0.code == .unknownLabel || $0.code == .tooManyValues }) {
      requireArguments(of: signature)
    }
    guard diagnostics.isEmpty else { return nil }
    return BoundCommand(
      signature: signature, assignedName: statement.assignedName, verbSpan: command.verb.span, span: statement.span,
      given: given, defaults: defaults(of: signature))
  }

  // MARK: The declaration

  private mutating func resolveSignature() -> (CommandSignature, [ArgumentSyntax])? {
    let candidates = vocabulary.signatures(for: command.verb.text)
    guard !candidates.isEmpty else {
      diagnostics.append(unknownCommand())
      return nil
    }
    let first = command.arguments.first
    if let first, first.label == nil, case .name(let word) = first.value.kind,
      let signature = candidates.first(where: { $0.subject == word })
    {
      return (signature, Array(command.arguments.dropFirst()))
    }
    if let signature = candidates.first(where: { $0.subject == nil }) { return (signature, command.arguments) }
    diagnostics.append(unknownSubject(first, candidates.compactMap(\.subject)))
    return nil
  }

  private func unknownCommand() -> Diagnostic {
    let word = command.verb.text
    let isAlone = command.arguments.isEmpty
    if let entry = scope.entry(for: word) {
      return Diagnostic(
        .unknownCommand, "`\(word)` is \(entry.kind.phrase), not a command", at: command.verb.span,
        help: "a statement begins with a command: `command \(word)`")
    }
    let message =
      isAlone ? "`\(word)` is neither a command nor a name that was assigned" : "there is no command `\(word)`"
    return Diagnostic(
      isAlone && statement.assignedName != nil ? .unknownName : .unknownCommand, message, at: command.verb.span,
      expected: vocabulary.verbs,
      help: SpellingSuggestion.question(for: word, among: vocabulary.allVerbs + (isAlone ? scope.names : []))
        ?? "the commands are \(vocabulary.verbs.joined(separator: ", "))")
  }

  private func unknownSubject(_ first: ArgumentSyntax?, _ subjects: [String]) -> Diagnostic {
    let verb = command.verb
    let all = subjects.map { "`\(verb.text) \($0)`" }.joined(with: "or")
    guard let first, first.label == nil else {
      let place = SourceSpan(verb.span.end, verb.span.end)
      return Diagnostic(
        .unknownSubject, "`\(verb.text)` needs a word behind it that says which one", at: place, expected: subjects,
        help: "write \(all)")
    }
    let word = if case .name(let word) = first.value.kind { word } else { "" }
    return Diagnostic(
      .unknownSubject, "`\(verb.text)` needs a word behind it that says which one, not \(first.value.phrase)",
      at: first.value.span, expected: subjects,
      help: SpellingSuggestion.question(for: word, among: subjects) ?? "write \(all)")
  }

  // MARK: Arguments

  private mutating func bind(_ arguments: [ArgumentSyntax], _ signature: CommandSignature) {
    var place = 0
    var lastLabel: NameSyntax?
    var excess: ArgumentSyntax?
    for argument in arguments {
      if let label = argument.label {
        lastLabel = label
        bind(argument.value, label: label, signature)
      } else if lastLabel == nil, let parameter = signature.positional(at: place) {
        bind(argument.value, parameter, taker: "`\(signature.title)` takes", behind: "here")
        place += 1
      } else if excess == nil {
        excess = argument
        diagnostics.append(excessValue(argument.value, behind: lastLabel, place: place, signature))
      }
    }
  }

  private mutating func bind(_ value: ValueSyntax, label: NameSyntax, _ signature: CommandSignature) {
    guard let parameter = signature.label(label.text) else {
      diagnostics.append(unknownLabel(label, signature))
      return
    }
    if !parameter.isRepeated, let first = written[parameter.name] {
      diagnostics.append(
        Diagnostic(
          .repeatedLabel, "`\(label.text):` is given twice", at: label.span,
          help: parameter.type.takesLists
            ? "give all values as one list: `\(label.text): [a, b]`" : "leave one of them out",
          notes: [.init("first given here", span: first)]))
      return
    }
    if written[parameter.name] == nil { written[parameter.name] = label.span }
    bind(value, parameter, taker: "`\(label.text):` takes", behind: "")
  }

  private mutating func bind(_ value: ValueSyntax, _ parameter: ParameterSignature, taker: String, behind: String) {
    if written[parameter.name] == nil { written[parameter.name] = value.span }
    let binder = ValueBinder(vocabulary: vocabulary, scope: scope, taker: taker)
    do throws(BindingFailure) {
      given[parameter.name, default: []].append(try binder.bind(value, as: parameter.type))
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }

  private func unknownLabel(_ label: NameSyntax, _ signature: CommandSignature) -> Diagnostic {
    let names = signature.labels.map(\.name)
    let message = "`\(signature.title)` has no label `\(label.text):`"
    if signature.positional.contains(where: { $0.name == label.text }) {
      return Diagnostic(
        .unknownLabel, message, at: label.span, expected: names,
        help: "give the \(label.text) without a label: `\(signature.title) …`")
    }
    let free = signature.labels.filter { written[$0.name] == nil || $0.isRepeated }.flatMap { [$0.name] + $0.spellings }
    let help =
      SpellingSuggestion.question(for: label.text, among: free.map { $0 })
      ?? (names.isEmpty ? "it takes no labels" : "its labels are \(names.map { "\($0):" }.joined(separator: " "))")
    return Diagnostic(.unknownLabel, message, at: label.span, expected: names, help: help)
  }

  private func excessValue(
    _ value: ValueSyntax, behind label: NameSyntax?, place: Int, _ signature: CommandSignature
  ) -> Diagnostic {
    if let label {
      let takesLists = signature.label(label.text)?.type.takesLists ?? false
      let help: String? =
        takesLists
        ? "several values are one list: `\(label.text): [a, b]`"
        : signature.positional(at: place) != nil
          ? "values without a label stand before the labels" : labelHint(for: value, signature)
      return Diagnostic(
        .tooManyValues, "`\(label.text):` takes one value, and here is \(value.phrase) behind it", at: value.span,
        help: help)
    }
    let count = signature.positional.count
    let takes = count == 0 ? "no value" : count == 1 ? "one value" : "\(count) values"
    return Diagnostic(
      .tooManyValues, "`\(signature.title)` takes \(takes) without a label, and here is \(value.phrase) too",
      at: value.span, help: labelHint(for: value, signature))
  }

  private func labelHint(for value: ValueSyntax, _ signature: CommandSignature) -> String? {
    if case .name(let name) = value.kind, scope.entry(for: name) == nil, let label = signature.label(name) {
      return "did you mean `\(name): …`, with \(label.type.phrase)?"
    }
    let binder = ValueBinder(vocabulary: vocabulary, scope: scope, taker: "")
    for parameter in signature.labels where written[parameter.name] == nil {
      if (try? binder.bind(value, as: parameter.type)) != nil { return "did you mean `\(parameter.name): \(value)`?" }
    }
    return nil
  }

  // MARK: What was not given

  private mutating func requireArguments(of signature: CommandSignature) {
    for parameter in signature.positional where parameter.isRequired && written[parameter.name] == nil {
      let place = command.arguments.last { $0.label == nil }?.span.end ?? command.verb.span.end
      let phrase = parameter.type.phrase
      let what = phrase == "a \(parameter.name)" ? phrase : "the \(parameter.name): \(phrase)"
      diagnostics.append(
        Diagnostic(
          .missingArgument, "`\(signature.title)` needs \(what)",
          at: SourceSpan(place, place), expected: candidates(for: parameter.type),
          help: remedy(for: parameter, signature)))
    }
    for parameter in signature.labels where parameter.isRequired && written[parameter.name] == nil {
      diagnostics.append(
        Diagnostic(
          .missingArgument, "`\(signature.title)` needs the label `\(parameter.name):` with \(parameter.type.phrase)",
          at: SourceSpan(statement.span.end, statement.span.end), expected: ["\(parameter.name):"],
          help: remedy(for: parameter, signature)))
    }
  }

  private func remedy(for parameter: ParameterSignature, _ signature: CommandSignature) -> String? {
    let label = signature.label(parameter.name) == nil ? "" : "\(parameter.name): "
    if let candidate = candidates(for: parameter.type).last { return "for instance `\(label)\(candidate)`" }
    return signature.examples.first.map { "for instance `\($0.text)`" }
  }

  private func candidates(for type: ArgumentType) -> [String] {
    let kinds = type.alternatives.flatMap { type -> [ReferenceKind] in
      if case .reference(let kinds) = type { kinds } else { [] }
    }
    guard !kinds.isEmpty else { return [] }
    return scope.names.filter { scope.entry(for: $0)?.kind.satisfies(kinds) ?? false }
  }

  private func defaults(of signature: CommandSignature) -> [String: BoundArgument] {
    var defaults: [String: BoundArgument] = [:]
    for parameter in signature.parameters where given[parameter.name] == nil {
      if let value = parameter.defaultValue { defaults[parameter.name] = BoundArgument(value, span: command.verb.span) }
    }
    return defaults
  }
}

extension ParameterSignature {
  /// The default as a value of the type; nil where there is none or where its text does not fit the type.
  var defaultValue: BoundValue? {
    guard let defaultText, let value = Parser.value(of: defaultText) else { return nil }
    let binder = ValueBinder(vocabulary: CommandVocabulary([]), scope: ScopeSnapshot(), taker: "")
    return try? binder.bind(value, as: type).value
  }
}

extension ArgumentType {
  /// Whether a list is a value of the type.
  fileprivate var takesLists: Bool {
    alternatives.contains { if case .list = $0 { true } else { false } }
  }
}
