/// Fits written values to the types of arguments.
struct ValueBinder {
  let vocabulary: CommandVocabulary
  let scope: any NameScope
  /// Who takes the value, as the beginning of a sentence: "`top:` takes", "`predict` takes".
  let taker: String

  /// The value as one of this type.
  func bind(_ value: ValueSyntax, as type: ArgumentType) throws(BindingFailure) -> BoundArgument {
    if case .either = type { return try bind(value, asOneOf: type) }
    if case .name(let name) = value.kind, !type.acceptsBareWords, let literal = scope.entry(for: name)?.literal {
      return try bind(ValueSyntax(literal.kind, span: value.span), as: type)
    }
    if case .list(let element, let count) = type { return try bindList(value, of: element, count: count, type: type) }
    return BoundArgument(try bindSingle(value, as: type), span: value.span)
  }

  private func bind(_ value: ValueSyntax, asOneOf type: ArgumentType) throws(BindingFailure) -> BoundArgument {
    var best: BindingFailure?
    for alternative in type.alternatives {
      do throws(BindingFailure) {
        return try bind(value, as: alternative)
      } catch {
        if best == nil || error.nearness.rawValue > (best?.nearness.rawValue ?? 0) { best = error }
      }
    }
    guard let best, best.nearness == .rightForm else { throw otherForm(value, type, help: best?.diagnostic.help) }
    throw best
  }

  private func bindSingle(_ value: ValueSyntax, as type: ArgumentType) throws(BindingFailure) -> BoundValue {
    switch type {
    case .string: return try bindText(value, type, isPath: false)
    case .filePath: return try bindText(value, type, isPath: true)
    case .number, .integer, .percent, .duration, .range, .size: return try bindNumeric(value, as: type)
    case .bool:
      if case .bool(let flag) = value.kind { return .bool(flag) }
      throw otherForm(value, type, help: "write true or false")
    case .choice(let words): return try bindWord(value, type, among: words.map(\.word), isOpen: false)
    case .column(let columns):
      if case .string(let text) = value.kind, let column = columns.first(where: { $0.isNamed(text) }) {
        return .choice(column.name)
      }
      return try bindWord(value, type, among: columns.map(\.name), isOpen: columns.isEmpty, code: .unknownColumn)
    case .verb:
      return try bindWord(
        value, type, among: vocabulary.allVerbs + vocabulary.subjects, isOpen: false, code: .unknownCommand)
    case .reference(let kinds): return try bindReference(value, type, kinds: kinds)
    case .element: return try bindElement(value, type)
    case .condition(let columns):
      guard case .condition(let condition) = value.kind else {
        throw otherForm(value, type, help: "a condition compares a column with a value: \(columns.example)")
      }
      return .condition(try bindCondition(condition, columns: columns))
    case .list, .either: return try bind(value, as: type).value
    }
  }

  // MARK: Forms

  private func bindText(_ value: ValueSyntax, _ type: ArgumentType, isPath: Bool) throws(BindingFailure) -> BoundValue {
    guard case .string(let text) = value.kind else {
      if case .name(let name) = value.kind {
        throw otherForm(value, type, help: "text stands in quotes: \(name.quotedForSource)")
      }
      throw otherForm(value, type)
    }
    if isPath, text.isEmpty || text.unicodeScalars.contains("\0") {
      let cause = text.isEmpty ? "this path is empty" : "a path cannot contain a NUL character"
      throw BindingFailure(
        .rightForm, Diagnostic(.outOfRange, cause, at: value.span, help: "write the path of a file or folder"))
    }
    return .string(text)
  }

  private func bindWord(
    _ value: ValueSyntax, _ type: ArgumentType, among words: [String], isOpen: Bool,
    code: Diagnostic.Code = .unknownChoice
  ) throws(BindingFailure) -> BoundValue {
    let word: String
    switch value.kind {
    case .name(let text), .string(let text): word = text
    default: throw otherForm(value, type)
    }
    if isOpen || words.contains(word) { return .choice(word) }
    if case .name(let name) = value.kind, case .string(let text)? = scope.entry(for: name)?.literal?.kind,
      words.contains(text)
    {
      return .choice(text)
    }
    throw BindingFailure(
      .rightForm,
      Diagnostic(
        code, "\(taker) \(type.phrase), not \(value.phrase)", at: value.span, expected: words,
        help: SpellingSuggestion.question(for: word, among: words)))
  }

  private func bindList(
    _ value: ValueSyntax, of element: ArgumentType, count: ClosedRange<Int>, type: ArgumentType
  ) throws(BindingFailure) -> BoundArgument {
    guard case .list(let values) = value.kind else {
      let single: BoundArgument
      do throws(BindingFailure) {
        single = try bind(value, as: element)
      } catch {
        throw error.nearness == .rightForm ? error : otherForm(value, type)
      }
      guard count.contains(1) else { throw wrongCount(value, type) }
      return BoundArgument(.list([single]), span: value.span)
    }
    guard count.contains(values.count) else { throw wrongCount(value, type) }
    var elements: [BoundArgument] = []
    for value in values {
      do throws(BindingFailure) {
        elements.append(try bind(value, as: element))
      } catch {
        throw BindingFailure(.rightForm, error.diagnostic)
      }
    }
    return BoundArgument(.list(elements), span: value.span)
  }

  private func wrongCount(_ value: ValueSyntax, _ type: ArgumentType) -> BindingFailure {
    let count = if case .list(let values) = value.kind { values.count } else { 1 }
    return BindingFailure(
      .rightForm, Diagnostic(.outOfRange, "\(taker) \(type.phrase), and here are \(count)", at: value.span))
  }

  /// The failure of a value of another form.
  func otherForm(_ value: ValueSyntax, _ type: ArgumentType, help: String? = nil) -> BindingFailure {
    var help = help
    if case .name(let name) = value.kind, help == nil, scope.entry(for: name) == nil {
      help = SpellingSuggestion.question(for: name, among: scope.names)
    }
    return BindingFailure(
      .otherForm, Diagnostic(.wrongType, "\(taker) \(type.phrase), not \(value.phrase)", at: value.span, help: help))
  }
}

extension ArgumentType {
  /// Whether a bare word is a value of the type in itself, whatever names there are.
  fileprivate var acceptsBareWords: Bool {
    switch self {
    case .choice, .column, .verb: true
    default: false
    }
  }
}
