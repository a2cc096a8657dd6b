/// Finds the help page for a place in a cell.
public struct Inspector: Sendable {
  /// The commands.
  public let vocabulary: CommandVocabulary

  /// An inspector for these commands.
  public init(_ vocabulary: CommandVocabulary) { self.vocabulary = vocabulary }

  /// What stands at a cursor, given as a UTF-8 offset, or nil where nothing is known about it.
  ///
  /// On a verb, subject, label, choice, column or name it is that; on another value the argument that it is given to;
  /// elsewhere in a statement its command. Names assigned in the cell above the cursor are known by their kind.
  public func inspect(_ source: SourceText, at cursor: Int, in scope: some NameScope) -> Inspection? {
    let cursor = source.scalarStart(cursor)
    let (tokens, _) = Lexer.tokens(of: source)
    let (cell, _) = Parser.parse(source)
    let touched =
      tokens.first { $0.span.start <= cursor && cursor < $0.span.end && $0.isInspectable }
      ?? tokens.last { $0.span.end == cursor && $0.isInspectable && !$0.span.isEmpty }
    let place = touched?.span.start ?? cursor
    let context = CursorContext(at: place, tokens: tokens, cell: cell, source: source, vocabulary: vocabulary)
    var known = ScopeSnapshot(copying: scope)
    for statement in cell.statements where statement.span.start <= place {
      guard let name = statement.assignedName,
        known.entry(for: name.text) == nil || statement.span.start < context.start
      else {
        continue
      }
      known.assign(name.text, Binder(vocabulary).entry(assignedBy: statement, in: known))
    }
    guard let touched else {
      return page(around: context).map { Inspection(page: $0, span: SourceSpan(cursor, cursor)) }
    }
    return page(for: touched, in: context, scope: known).map { Inspection(page: $0, span: touched.span) }
  }

  /// The page for white space or punctuation: the label whose value is expected, otherwise the command.
  private func page(around context: CursorContext) -> HelpPage? {
    if let label = context.expectation.label, let signature = context.signature,
      let parameter = signature.label(label)
    {
      return HelpPage(of: parameter, in: signature)
    }
    return commandPage(context)
  }

  private func commandPage(_ context: CursorContext) -> HelpPage? {
    context.signature.map { HelpPage(of: $0) } ?? context.verb.flatMap { HelpPage(ofVerb: $0, in: vocabulary) }
  }

  private func page(for token: Token, in context: CursorContext, scope: ScopeSnapshot) -> HelpPage? {
    let next = context.after.dropFirst().first
    let namePage = token.word.flatMap { name in scope.entry(for: name).map { HelpPage(ofName: name, $0) } }
    if let word = token.word, next?.kind == .colon, let signature = context.signature {
      return signature.label(word).map { HelpPage(of: $0, in: signature) } ?? HelpPage(of: signature)
    }
    switch context.expectation {
    case .statement:
      guard let word = token.word else { return namePage }
      let isAlone = context.after.count == 1 || next?.kind == .equal
      if isAlone, let namePage { return namePage }
      return HelpPage(ofVerb: word, in: vocabulary) ?? namePage
    case .subject(let verb):
      let match = vocabulary.signatures(for: verb).first { $0.subject == token.word }
      return match.map { HelpPage(of: $0) } ?? namePage ?? commandPage(context)
    case .argument(let place), .positionalElement(let place):
      guard let signature = context.signature, let parameter = signature.positional(at: place) else {
        return namePage ?? commandPage(context)
      }
      return namePage ?? verbPage(token, parameter.type) ?? HelpPage(of: parameter, in: signature)
    case .labelValue(let label, _), .column(let label), .comparison(let label, _), .operand(let label, _):
      guard let signature = context.signature, let parameter = signature.label(label) else { return namePage }
      return wordPage(token, parameter, signature) ?? namePage ?? HelpPage(of: parameter, in: signature)
    case .key(let base):
      return scope.entry(for: base).map { HelpPage(ofName: base, $0) }
    case .label, .joiner, .nothing: return namePage ?? page(around: context)
    }
  }

  /// The page of a verb that is given as a value, as to `help`.
  private func verbPage(_ token: Token, _ type: ArgumentType) -> HelpPage? {
    guard type.alternatives.contains(.verb), let word = token.word else { return nil }
    return HelpPage(ofVerb: word, in: vocabulary)
      ?? vocabulary.signatures.first { $0.subject == word }.map { HelpPage(of: $0) }
  }

  /// The page of a choice or column: that of its label, with the word's own meaning on top.
  private func wordPage(_ token: Token, _ parameter: ParameterSignature, _ signature: CommandSignature) -> HelpPage? {
    let written: String
    switch token.kind {
    case .word(let text), .string(let text, _): written = text
    default: return nil
    }
    var page = HelpPage(of: parameter, in: signature)
    for section in page.sections {
      guard let row = section.rows.first(where: { $0.name == written }) else { continue }
      page.title += " \(written)"
      if !row.summary.isEmpty { page.summary = row.summary }
      return page
    }
    return nil
  }
}

/// A help page and what it is about.
public struct Inspection: Sendable, Hashable {
  /// The page.
  public let page: HelpPage
  /// The place of the word or value that the page is about.
  public let span: SourceSpan
}

extension Token {
  fileprivate var isInspectable: Bool {
    switch kind {
    case .word, .string, .number, .size, .comparison: true
    default: false
    }
  }
}

extension CursorContext.Expectation {
  /// The label whose value is expected.
  var label: String? {
    switch self {
    case .labelValue(let label, _), .column(let label), .comparison(let label, _), .operand(let label, _): label
    default: nil
    }
  }
}
