/// Finds what could be typed at a cursor.
public struct Completer: Sendable {
  /// The commands.
  public let vocabulary: CommandVocabulary

  /// A completer for these commands.
  public init(_ vocabulary: CommandVocabulary) { self.vocabulary = vocabulary }

  /// What could be typed at a cursor, given as a UTF-8 offset; any number is moved into the text.
  ///
  /// The word, number or string around the cursor is replaced as a whole, but only its part before the cursor chooses
  /// the items. Names that the cell assigns above the cursor count as assigned.
  public func complete(
    _ source: SourceText, at cursor: Int, in scope: some NameScope, source provider: some CompletionSource
  ) -> CompletionList {
    let cursor = source.scalarStart(cursor)
    let (tokens, _) = Lexer.tokens(of: source)
    guard !isInComment(cursor, tokens: tokens, source: source) else {
      return CompletionList(replaced: SourceSpan(cursor, cursor), items: [])
    }
    let partial = PartialToken(at: cursor, tokens: tokens, source: source)
    let (cell, _) = Parser.parse(source)
    let context = CursorContext(
      at: partial.contextPlace, tokens: tokens, cell: cell, source: source, vocabulary: vocabulary)
    var known = ScopeSnapshot(copying: scope)
    for statement in cell.statements where statement.span.start < context.start {
      guard let name = statement.assignedName else { continue }
      known.assign(name.text, Binder(vocabulary).entry(assignedBy: statement, in: known))
    }
    let candidates = CompletionCandidates(
      vocabulary: vocabulary, scope: known, source: provider, context: context, partial: partial)
    var seen: Set<String> = []
    let items = candidates.items.filter { seen.insert($0.text).inserted }
    return CompletionList(replaced: partial.replaced, items: items)
  }

  private func isInComment(_ cursor: Int, tokens: [Token], source: SourceText) -> Bool {
    let line = source.lineSpan(source.position(at: cursor).line)
    let behind = tokens.last { $0.span.end <= cursor }?.span.end ?? 0
    if tokens.contains(where: { $0.span.start < cursor && cursor < $0.span.end }) { return false }
    return source.text(in: SourceSpan(max(line.start, behind), cursor)).contains("#")
  }
}

/// The token that is being typed at a cursor.
struct PartialToken {
  /// The forms in which typing begins.
  enum Form {
    /// Nothing yet, or a word.
    case word
    /// A string with this quote.
    case string(quote: Character, isTerminated: Bool)
    /// A number without a unit.
    case number
    /// A token that nothing completes.
    case other
  }

  /// How typing began.
  private(set) var form = Form.word
  /// What stands before the cursor, without the quote and with escapes resolved.
  private(set) var prefix = ""
  /// The stretch to be replaced.
  private(set) var replaced: SourceSpan
  /// Where the token begins, so that what stands before it tells what it may be.
  private(set) var contextPlace: Int
  /// Whether a colon stands directly behind the word.
  private(set) var isLabel = false

  init(at cursor: Int, tokens: [Token], source: SourceText) {
    replaced = SourceSpan(cursor, cursor)
    contextPlace = cursor
    guard let index = tokens.lastIndex(where: { $0.span.start < cursor && cursor <= $0.span.end }) else { return }
    let token = tokens[index]
    switch token.kind {
    case .word:
      prefix = source.text(in: SourceSpan(token.span.start, cursor))
      replaced = token.span
      isLabel = index + 1 < tokens.count && tokens[index + 1].kind == .colon
    case .string(_, let isTerminated):
      guard !isTerminated || cursor < token.span.end else {
        form = .other
        return
      }
      let quote = source.text(in: SourceSpan(token.span.start, token.span.start + 1))
      form = .string(quote: quote.first ?? "\"", isTerminated: isTerminated)
      let typed = Lexer.tokens(of: SourceText(source.text(in: SourceSpan(token.span.start, cursor)))).tokens.first
      if case .string(let text, _)? = typed?.kind { prefix = text }
      var end = cursor
      let last = isTerminated ? token.span.end - 1 : cursor
      while end < last, let (scalar, length) = source.scalar(at: end), !scalar.properties.isWhitespace {
        end += length
      }
      replaced = SourceSpan(token.span.start + 1, end)
    case .number(let number) where number.unit == nil && cursor == token.span.end:
      form = .number
      prefix = source.text(in: token.span)
      replaced = token.span
    case .number, .size:
      form = .other
    default: return
    }
    contextPlace = token.span.start
  }
}
