/// Cuts a cell into tokens. Never fails: what it cannot read becomes an `invalid` token and a diagnostic.
package struct Lexer {
  let source: SourceText
  var offset = 0
  var diagnostics: [Diagnostic] = []
  private var tokens: [Token] = []
  private var startsLine = true
  private var indentation = 0

  private init(_ source: SourceText) { self.source = source }

  /// The tokens of a text, the last one being `end`, and what is wrong with them. O(length).
  package static func tokens(of source: SourceText) -> (tokens: [Token], diagnostics: [Diagnostic]) {
    var lexer = Lexer(source)
    lexer.run()
    return (lexer.tokens, lexer.diagnostics)
  }

  /// Whether a text is one word as names, labels and verbs are: a letter or `_`, then letters, digits and `_`.
  package static func isWord(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isWordStart(first) else { return false }
    return text.unicodeScalars.allSatisfy(isWordPart)
  }

  static func isWordStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar.properties.isAlphabetic || scalar == "_" : scalar.properties.isXIDStart
  }

  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    isWordStart(scalar) || isDigit(scalar) || (!scalar.isASCII && scalar.properties.isXIDContinue)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  func peek(_ distance: Int = 0) -> Unicode.Scalar? { source.scalar(at: offset + distance)?.value }

  mutating func advance() { offset += source.scalar(at: offset)?.length ?? 0 }

  /// Goes on while the predicate holds and gives the text gone over.
  mutating func take(while predicate: (Unicode.Scalar) -> Bool) -> String {
    let start = offset
    while let scalar = peek(), predicate(scalar) { advance() }
    return source.text(in: SourceSpan(start, offset))
  }

  private mutating func run() {
    while true {
      let hadSpace = skipBlanks()
      let start = offset
      let isFirst = startsLine
      startsLine = false
      let kind = next()
      tokens.append(
        Token(
          kind: kind, span: SourceSpan(start, offset), startsLine: isFirst, indentation: indentation,
          hasSpaceBefore: hadSpace || start == 0))
      if kind == .end { return }
    }
  }

  /// Skips white space, line ends and comments, and measures the indentation of each new line.
  private mutating func skipBlanks() -> Bool {
    let start = offset
    while let scalar = peek() {
      switch scalar {
      case "\n", "\r":
        startsLine = true
        indentation = 0
      case "\t":
        if startsLine { indentation = (indentation / 8 + 1) * 8 }
      case "#":
        while let next = peek(), next != "\n", next != "\r" { advance() }
        continue
      case _ where scalar.properties.isWhitespace || scalar == "\u{FEFF}":
        if startsLine { indentation += 1 }
      default:
        return offset > start
      }
      advance()
    }
    return offset > start
  }

  private mutating func next() -> Token.Kind {
    guard let scalar = peek() else { return .end }
    if startsNumber { return lexNumber() }
    if Self.isWordStart(scalar) { return .word(take(while: Self.isWordPart)) }
    switch scalar {
    case "\"", "'": return lexString(quote: scalar)
    case "[": return symbol(.leftBracket)
    case "]": return symbol(.rightBracket)
    case "(": return symbol(.leftParenthesis)
    case ")": return symbol(.rightParenthesis)
    case ",": return symbol(.comma)
    case ":": return symbol(.colon)
    case ";": return symbol(.semicolon)
    case "%": return symbol(.percent)
    case "=": return peek(1) == "=" ? symbol(.comparison(.equal), length: 2) : symbol(.equal)
    case "!" where peek(1) == "=": return symbol(.comparison(.notEqual), length: 2)
    case "<": return peek(1) == "=" ? symbol(.comparison(.lessOrEqual), length: 2) : symbol(.comparison(.less))
    case ">": return peek(1) == "=" ? symbol(.comparison(.greaterOrEqual), length: 2) : symbol(.comparison(.greater))
    case "." where peek(1) == ".": return symbol(.dots, length: 2)
    default: return invalidCharacters()
    }
  }

  private mutating func symbol(_ kind: Token.Kind, length: Int = 1) -> Token.Kind {
    offset += length
    return kind
  }

  private mutating func invalidCharacters() -> Token.Kind {
    let start = offset
    let first = peek() ?? " "
    advance()
    while let scalar = peek(), scalar == first { advance() }
    let span = SourceSpan(start, offset)
    let shown = String(String.UnicodeScalarView([first])).escaped(quote: "\"")
    let help: String? =
      switch first {
      case "\u{201C}", "\u{201D}", "\u{201E}", "\u{00AB}", "\u{00BB}", "\u{2018}", "\u{2019}", "`":
        "text stands in straight quotes: \"text\""
      case "{", "}": "lists stand in square brackets: [1, 2]"
      case "\\", "/": "a path stands in quotes: \"models/net.onnx\""
      case "-", "\u{2212}", "+": "a sign stands directly before its number: -1"
      case "&", "|", "!": "conditions are joined with `and` and `or`, and compared with = != < <= > >="
      default: nil
      }
    diagnostics.append(Diagnostic(.invalidCharacter, "`\(shown)` cannot stand here", at: span, help: help))
    return .invalid
  }
}
