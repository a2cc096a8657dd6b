/// All that fits at a cursor and begins with what was typed there.
struct CompletionCandidates {
  let vocabulary: CommandVocabulary
  let scope: ScopeSnapshot
  let source: any CompletionSource
  let context: CursorContext
  let partial: PartialToken

  /// The items, best first.
  var items: [CompletionItem] {
    if partial.isLabel { return labels.filter { $0.text.hasTypedPrefix(partial.prefix) } }
    switch partial.form {
    case .other: return []
    case .number: return units
    case .string: return texts
    case .word: return words
    }
  }

  // MARK: Words

  private var words: [CompletionItem] {
    let all: [CompletionItem] =
      switch context.expectation {
      case .statement: commands + names(of: [.any])
      case .subject(let verb): subjects(of: verb) + (context.signature == nil ? [] : arguments(at: 0))
      case .argument(let place): arguments(at: place)
      case .positionalElement(let place): values(of: positionalType(at: place)?.elementType)
      case .labelValue(let label, let isElement): values(of: valueType(of: label, isElement: isElement))
      case .label: labels
      case .key(let base): samples(of: base)
      case .column(let label): columns(of: label).map { $0.item }
      case .comparison(let label, let column): comparisons(of: column, label: label)
      case .operand(let label, let column): operands(of: column, label: label)
      case .joiner:
        [CompletionItem("and", .operator, summary: "both hold"), CompletionItem("or", .operator, summary: "one holds")]
          + labels
      case .nothing: []
      }
    return all.filter { $0.kind == .file || $0.kind == .folder || $0.text.hasTypedPrefix(partial.prefix) }
  }

  private var commands: [CompletionItem] {
    vocabulary.allVerbs.compactMap { verb in
      guard let signature = vocabulary.signatures(for: verb).first else { return nil }
      if verb != signature.verb, partial.prefix.isEmpty { return nil }
      let forms = vocabulary.signatures(for: verb)
      let summary =
        forms.count == 1
        ? signature.summary : forms.compactMap(\.subject).map { "\(verb) \($0)" }.joined(separator: ", ")
      return CompletionItem(verb, .command, signature: HelpPage.usage(of: signature, brief: true), summary: summary)
    }
  }

  private func subjects(of verb: String) -> [CompletionItem] {
    vocabulary.signatures(for: verb).compactMap { signature in
      signature.subject.map {
        CompletionItem($0, .subject, signature: HelpPage.usage(of: signature, brief: true), summary: signature.summary)
      }
    }
  }

  private func arguments(at place: Int) -> [CompletionItem] { values(of: positionalType(at: place)) + labels }

  private var labels: [CompletionItem] {
    guard let signature = context.signature else { return [] }
    let used = context.usedLabels
    let free = signature.labels.filter { label in
      label.isRepeated || partial.isLabel || !([label.name] + label.spellings).contains(where: used.contains)
    }
    return (free.filter(\.isRequired) + free.filter { !$0.isRequired }).map {
      CompletionItem(
        partial.isLabel ? $0.name : "\($0.name): ", .label, signature: $0.type.shortName, summary: $0.summary)
    }
  }

  private func names(of kinds: [ReferenceKind]) -> [CompletionItem] {
    scope.names.reversed().compactMap { name in
      guard let entry = scope.entry(for: name), entry.kind.satisfies(kinds) else { return nil }
      let kind = entry.kind == .any ? "" : entry.kind.rawValue
      return CompletionItem(name, .name, signature: kind, summary: entry.summary)
    }
  }

  // MARK: Values

  private func positionalType(at place: Int) -> ArgumentType? { context.signature?.positional(at: place)?.type }

  private func valueType(of label: String, isElement: Bool) -> ArgumentType? {
    let type = context.signature?.label(label)?.type
    return isElement ? type?.elementType : type
  }

  private func values(of type: ArgumentType?) -> [CompletionItem] {
    (type?.alternatives ?? []).flatMap { type -> [CompletionItem] in
      switch type {
      case .bool: return ["true", "false"].map { CompletionItem($0, .choice) }
      case .choice(let words): return words.map { CompletionItem($0.word.asWordOrString, .choice, summary: $0.summary) }
      case .reference(let kinds): return names(of: kinds)
      case .element:
        return names(of: [.dataset]).map {
          CompletionItem($0.text + "[", .name, signature: "dataset[sample]", summary: $0.summary)
        }
      case .list(let element, _): return values(of: element)
      case .column(let columns): return (columns.isEmpty ? knownColumns : columns).map { $0.item }
      case .condition(let columns): return (columns.isEmpty ? knownColumns : columns).map { $0.item }
      case .filePath(let kinds): return files(kinds)
      case .verb:
        return vocabulary.verbs.map { CompletionItem($0, .command) }
          + vocabulary.subjects.map { CompletionItem($0, .subject) }
      case .string, .number, .integer, .percent, .duration, .size, .range, .either: return []
      }
    }
  }

  private func files(_ kinds: [FileKind]) -> [CompletionItem] {
    source.files(prefix: partial.prefix, kinds: kinds).map { path in
      let isFolder = path.hasSuffix("/")
      return CompletionItem(quoted(path, staysOpen: isFolder && !kinds.contains(.folder)), isFolder ? .folder : .file)
    }
  }

  private func samples(of base: String) -> [CompletionItem] {
    source.elements(of: base, prefix: partial.prefix).map { CompletionItem(quoted($0), .sample) }
  }

  /// The text as it completes what was typed: with quotes where there are none yet, without where there are.
  private func quoted(_ text: String, staysOpen: Bool = false) -> String {
    guard case .string(let quote, let isTerminated) = partial.form else {
      return staysOpen ? String(text.quotedForSource.dropLast()) : text.quotedForSource
    }
    let content = text.escaped(quote: quote == "'" ? "'" : "\"")
    return isTerminated || staysOpen ? content : content + String(quote)
  }

  private var texts: [CompletionItem] {
    let type: ArgumentType? =
      switch context.expectation {
      case .argument(let place): positionalType(at: place)
      case .subject: positionalType(at: 0)
      case .positionalElement(let place): positionalType(at: place)?.elementType
      case .labelValue(let label, let isElement): valueType(of: label, isElement: isElement)
      default: nil
      }
    var items: [CompletionItem] = []
    if case .key(let base) = context.expectation { items = samples(of: base) }
    if case .column(let label) = context.expectation {
      items = columns(of: label).map { CompletionItem(quoted($0.name), .column, summary: $0.summary) }
    }
    for type in type?.flattened ?? [] {
      switch type {
      case .filePath(let kinds): items += files(kinds)
      case .choice(let words):
        items += words.map { CompletionItem(quoted($0.word), .choice, summary: $0.summary) }
      default: break
      }
    }
    return items.filter { $0.kind != .choice && $0.kind != .column || $0.text.hasTypedPrefix(partial.prefix) }
  }

  private var units: [CompletionItem] {
    let type: ArgumentType? =
      switch context.expectation {
      case .argument(let place): positionalType(at: place)
      case .labelValue(let label, let isElement): valueType(of: label, isElement: isElement)
      default: nil
      }
    let dimensions = (type?.flattened ?? []).flatMap { type -> [NumberUnit.Dimension] in
      switch type {
      case .number(_, let units): units
      case .percent: [.fraction]
      case .duration: [.time]
      default: []
      }
    }
    return NumberUnit.allCases.filter { dimensions.contains($0.dimension) }.map {
      CompletionItem(partial.prefix + $0.rawValue, .unit)
    }
  }

  // MARK: Conditions

  private var knownColumns: [ColumnSignature] {
    context.wordsBeforeLabels.filter { scope.entry(for: $0) != nil }.flatMap { source.columns(of: $0) }
  }

  private func columns(of label: String) -> [ColumnSignature] {
    let declared = context.signature?.label(label)?.type.columnsOfCondition ?? []
    return declared.isEmpty ? knownColumns : declared
  }

  private func comparisons(of column: String, label: String) -> [CompletionItem] {
    let content = columns(of: label).first { $0.name == column }?.content ?? .any
    return Comparison.allCases.filter { comparison in
      switch content {
      case .any: true
      case .number: comparison != .contains
      case .text: true
      case .bool: comparison == .equal || comparison == .notEqual
      }
    }.map { CompletionItem($0.rawValue, .operator, summary: $0.summary) }
  }

  private func operands(of column: String, label: String) -> [CompletionItem] {
    let content = columns(of: label).first { $0.name == column }?.content ?? .any
    let flags = content == .bool || content == .any ? ["true", "false"].map { CompletionItem($0, .choice) } : []
    return flags + names(of: [.value])
  }
}

extension ArgumentType {
  /// The alternatives, with lists replaced by the types of their elements.
  fileprivate var flattened: [ArgumentType] {
    alternatives.flatMap { type -> [ArgumentType] in
      if case .list(let element, _) = type { element.flattened } else { [type] }
    }
  }

  /// The type of a list's elements, whether lists are the type or one alternative of it.
  fileprivate var elementType: ArgumentType? {
    let types = alternatives.compactMap { type -> ArgumentType? in
      if case .list(let element, _) = type { element } else { nil }
    }
    return types.isEmpty ? nil : .either(types)
  }
}

extension ColumnSignature {
  fileprivate var item: CompletionItem {
    CompletionItem(name.asWordOrString, .column, signature: content == .any ? "" : content.rawValue, summary: summary)
  }
}

extension String {
  /// The text bare where it is a word, otherwise in quotes.
  fileprivate var asWordOrString: String { Lexer.isWord(self) ? self : quotedForSource }

  /// Whether the text, without a quote it may begin with, begins as typed, in upper or lower case.
  fileprivate func hasTypedPrefix(_ prefix: String) -> Bool {
    let text = lowercased()
    let prefix = prefix.lowercased()
    return text.hasPrefix(prefix) || text.hasPrefix("\"" + prefix)
  }
}
