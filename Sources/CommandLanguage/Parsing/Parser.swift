/// Makes the tree of a cell. Never fails: what cannot be read is left out of the tree and said in a diagnostic.
///
/// A statement ends with its line or with `;`. A line that is indented further than the line on which the statement
/// begins goes on with it, and so does a line inside an open bracket. After a mistake the rest of the statement is
/// skipped, so that each statement has at most one syntax error.
public struct Parser {
  /// How deep lists, element keys and parentheses may nest.
  public static let nestingLimit = 64

  private let tokens: [Token]
  private var index = 0
  private var statementStart = 0
  private var openBrackets: [(opening: Token, closing: String)] = []
  private var endsEarly = false
  private(set) var hasFailed = false
  private(set) var diagnostics: [Diagnostic] = []

  private init(tokens: [Token]) { self.tokens = tokens }

  /// The tree of a cell and everything wrong with it, ordered by place. O(length).
  public static func parse(_ source: SourceText) -> (cell: CellSyntax, diagnostics: [Diagnostic]) {
    let (tokens, lexical) = Lexer.tokens(of: source)
    var parser = Parser(tokens: tokens)
    let cell = parser.parseCell()
    var diagnostics = lexical + parser.diagnostics
    diagnostics.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    return (cell, diagnostics)
  }

  /// The tree of a cell and everything wrong with it, ordered by place. O(length).
  public static func parse(_ text: String) -> (cell: CellSyntax, diagnostics: [Diagnostic]) { parse(SourceText(text)) }

  /// The value that a text consists of, as it would stand behind a label, or nil where it is anything else.
  static func value(of text: String) -> ValueSyntax? {
    let (tokens, lexical) = Lexer.tokens(of: SourceText(text))
    var parser = Parser(tokens: tokens)
    let value = parser.parseLabelValue(NameSyntax("value", span: SourceSpan(0, 0)))
    return lexical.isEmpty && !parser.hasFailed && parser.current.kind == .end ? value : nil
  }

  // MARK: Tokens

  /// The present token; the last token, `end`, is never passed.
  var current: Token { tokens[min(index, tokens.count - 1)] }

  func lookAhead(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  /// The place just behind the token before the present one.
  var placeBehindPrevious: SourceSpan {
    guard index > 0 else { return SourceSpan(current.span.start, current.span.start) }
    let end = tokens[index - 1].span.end
    return SourceSpan(end, end)
  }

  /// Whether the present token no longer belongs to the statement.
  var atStatementEnd: Bool { isStatementEnd(current, at: index) }

  /// Whether the token after the present one belongs to the statement and has this kind.
  func nextIs(_ kind: Token.Kind) -> Bool {
    !isStatementEnd(lookAhead(), at: index + 1) && lookAhead().kind == kind
  }

  private func isStatementEnd(_ token: Token, at position: Int) -> Bool {
    switch token.kind {
    case .end, .semicolon: true
    default:
      openBrackets.isEmpty && token.startsLine && position > statementStart
        && token.indentation <= tokens[statementStart].indentation
    }
  }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  /// Says once a statement what is wrong; later mistakes of the statement follow from the first.
  mutating func fail(_ diagnostic: Diagnostic) {
    guard !hasFailed else { return }
    hasFailed = true
    if current.kind != .invalid { diagnostics.append(diagnostic) }
  }

  /// Says that something is missing, at the present token or, at the end of the statement, behind the last one.
  mutating func failMissing(_ what: String, expected: [String] = [], help: String? = nil) {
    guard atStatementEnd else {
      fail(Diagnostic(.unexpectedToken, "expected \(what)", at: current.span, expected: expected, help: help))
      return
    }
    let isTextEnd = current.kind == .end
    if !hasFailed, isTextEnd { endsEarly = true }
    let code: Diagnostic.Code = isTextEnd ? .unexpectedEnd : .unexpectedToken
    var notes: [Diagnostic.Note] = []
    if let bracket = openBrackets.last { notes = [.init("opened here", span: bracket.opening.span)] }
    fail(
      Diagnostic(code, "expected \(what)", at: placeBehindPrevious, expected: expected, help: help, notes: notes))
  }

  /// Goes past an opening bracket; false, with a diagnostic, where brackets nest too deep.
  mutating func open(closing: String) -> Bool {
    guard openBrackets.count < Self.nestingLimit else {
      fail(
        Diagnostic(
          .nestingTooDeep, "brackets nest deeper than \(Self.nestingLimit) levels", at: current.span,
          help: "use fewer brackets"))
      return false
    }
    openBrackets.append((current, closing))
    advance()
    return true
  }

  /// Goes past the closing bracket of the innermost open one, or says that it is missing.
  mutating func close(_ kind: Token.Kind, alternative: String? = nil) {
    guard let bracket = openBrackets.last else { return }
    if current.kind == kind {
      advance()
    } else {
      let expected = [alternative, bracket.closing].compactMap { $0 }
      let named = expected.map { "`\($0)`" }.joined(with: "or")
      if atStatementEnd {
        failMissing(named, expected: expected)
      } else {
        fail(
          Diagnostic(
            .unexpectedToken, "expected \(named)", at: current.span, expected: expected,
            notes: [.init("opened here", span: bracket.opening.span)]))
      }
    }
    openBrackets.removeLast()
  }

  // MARK: Statements

  private mutating func parseCell() -> CellSyntax {
    var statements: [StatementSyntax] = []
    while current.kind != .end {
      if current.kind == .semicolon {
        advance()
        continue
      }
      statements.append(parseStatement())
    }
    return CellSyntax(statements: statements, endsEarly: endsEarly)
  }

  private mutating func parseStatement() -> StatementSyntax {
    statementStart = index
    hasFailed = false
    openBrackets = []
    let assignedName = parseAssignment()
    let body = hasFailed ? .missing : parseBody(isAssigned: assignedName != nil)
    if !hasFailed, !atStatementEnd {
      fail(
        Diagnostic(
          .unexpectedToken, "expected the end of the statement", at: current.span,
          help: "one statement stands on a line; `;` separates two"))
    }
    openBrackets = []
    while !atStatementEnd {
      if current.kind == .invalid { hasFailed = true }
      advance()
    }
    let last = tokens[max(statementStart, index - 1)]
    return StatementSyntax(
      assignedName: assignedName, body: body, span: tokens[statementStart].span.union(last.span), hasErrors: hasFailed)
  }

  private mutating func parseAssignment() -> NameSyntax? {
    guard let word = current.word, nextIs(.equal) else { return nil }
    let name = NameSyntax(word, span: current.span)
    if word == "true" || word == "false" {
      fail(
        Diagnostic(
          .reservedWord, "`\(word)` is a value and cannot be a name", at: name.span, help: "choose another name"))
    }
    advance()
    advance()
    return name
  }

  private mutating func parseBody(isAssigned: Bool) -> StatementSyntax.Body {
    if isAssigned, atStatementEnd {
      failMissing("a command or a value behind `=`", help: "for instance `model = load \"net.onnx\"`")
      return .missing
    }
    guard let word = current.word, word != "true", word != "false" else {
      return parseValue().map { .value($0) } ?? .missing
    }
    if nextIs(.colon) {
      fail(
        Diagnostic(
          .unexpectedToken, "a statement begins with a command, not with the label `\(word):`",
          at: current.span.union(lookAhead().span),
          help: "indent the line if it goes on with the statement above it"))
      return .missing
    }
    if nextIs(.leftBracket), !lookAhead().hasSpaceBefore { return parseValue().map { .value($0) } ?? .missing }
    return .command(parseCommand(verb: word))
  }
}
