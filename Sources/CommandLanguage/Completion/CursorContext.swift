/// What the statement around a place looks like up to that place, and so what may stand there.
///
/// The tokens before the place decide; those behind it count only as labels that are used already.
struct CursorContext {
  /// What may stand at the place.
  enum Expectation {
    /// A command or a name.
    case statement
    /// The subject word of this verb, or whatever `argument` allows if the verb has a form without one.
    case subject(verb: String)
    /// The positional argument with this place, or a label.
    case argument(place: Int)
    /// The value of a label; `isElement` inside a list.
    case labelValue(String, isElement: Bool)
    /// The positional argument inside a list.
    case positionalElement(place: Int)
    /// A further label only.
    case label
    /// The key of an element of what this name stands for.
    case key(of: String)
    /// A column in the condition of this label.
    case column(label: String)
    /// A comparison with this column.
    case comparison(label: String, column: String)
    /// The value that this column is compared with.
    case operand(label: String, column: String)
    /// `and`, `or`, or a further label.
    case joiner
    /// Nothing that could be known.
    case nothing
  }

  /// Where the statement begins, or the place itself where a new one would.
  let start: Int
  /// The statement's tokens before the place.
  let before: [Token]
  /// The statement's tokens from the place on.
  let after: [Token]
  /// The declaration of the statement's command, if it is known.
  private(set) var signature: CommandSignature?
  /// The verb as written, if there is one before the place.
  private(set) var verb: String?
  /// What may stand at the place.
  private(set) var expectation: Expectation = .nothing

  /// The context of a place between the tokens of a parsed cell.
  init(at place: Int, tokens: [Token], cell: CellSyntax, source: SourceText, vocabulary: CommandVocabulary) {
    let range = Self.statement(at: place, tokens: tokens, cell: cell, source: source)
    start = range.start
    let own = tokens.filter { $0.kind != .end && range.start <= $0.span.start && $0.span.end <= range.end }
    before = own.filter { $0.span.end <= place }
    after = own.filter { $0.span.start >= place }
    read(vocabulary)
  }

  /// The labels that the statement uses before and behind the place.
  var usedLabels: Set<String> {
    Set(Self.labels(in: before) + Self.labels(in: after))
  }

  /// The words before the first label, among which are the names that the command is about.
  var wordsBeforeLabels: [String] {
    var names: [String] = []
    let all = before + after
    for (index, token) in all.enumerated() {
      if index + 1 < all.count, all[index + 1].kind == .colon { break }
      if let word = token.word { names.append(word) }
    }
    return names
  }

  private static func labels(in tokens: [Token]) -> [String] {
    zip(tokens, tokens.dropFirst()).compactMap { $1.kind == .colon ? $0.word : nil }
  }

  /// The statement that a place belongs to, or an empty stretch where a new one would begin.
  private static func statement(at place: Int, tokens: [Token], cell: CellSyntax, source: SourceText) -> SourceSpan {
    let fresh = SourceSpan(place, place)
    guard let statement = cell.statements.last(where: { $0.span.start < place }) else {
      return cell.statements.first { $0.span.start == place }?.span ?? fresh
    }
    let upcoming = cell.statements.first { $0.span.start == place }
    if place <= statement.span.end { return statement.span }
    if let upcoming { return upcoming.span }
    let between = tokens.filter { statement.span.end <= $0.span.start && $0.span.start < place }
    if between.contains(where: { $0.kind == .semicolon }) { return fresh }
    let line = source.lineSpan(source.position(at: place).line)
    if statement.span.end >= line.start { return SourceSpan(statement.span.start, place) }
    let own = tokens.filter { statement.span.start <= $0.span.start && $0.span.end <= statement.span.end }
    var depth = 0
    for token in own {
      switch token.kind {
      case .leftBracket, .leftParenthesis: depth += 1
      case .rightBracket, .rightParenthesis: depth -= 1
      default: break
      }
    }
    let blank = source.text(in: SourceSpan(line.start, place)).unicodeScalars
    let width = blank.reduce(0) { $1 == "\t" ? ($0 / 8 + 1) * 8 : $0 + 1 }
    let continues = depth > 0 || width > (own.first?.indentation ?? 0)
    return continues ? SourceSpan(statement.span.start, place) : fresh
  }

  // MARK: Reading the tokens

  private mutating func read(_ vocabulary: CommandVocabulary) {
    var rest = before[...]
    if rest.count >= 2, rest[0].word != nil, rest[1].kind == .equal { rest = rest.dropFirst(2) }
    if let base = Self.openKey(in: rest) {
      expectation = .key(of: base)
      if let word = rest.first?.word, base != word || rest.count > 2 { resolve(word, &rest, vocabulary) }
      return
    }
    guard let head = rest.first else {
      expectation = .statement
      return
    }
    guard let word = head.word, word != "true", word != "false" else { return }
    let hasSubject = resolve(word, &rest, vocabulary)
    if rest.isEmpty, !hasSubject, vocabulary.signatures(for: word).contains(where: { $0.subject != nil }) {
      expectation = .subject(verb: word)
      return
    }
    guard signature != nil else { return }
    expectation = Self.expectation(in: Array(rest), signature: signature)
  }

  /// Takes verb and subject off the tokens and finds the declaration; true where there was a subject.
  @discardableResult
  private mutating func resolve(
    _ word: String, _ rest: inout ArraySlice<Token>, _ vocabulary: CommandVocabulary
  ) -> Bool {
    verb = word
    rest = rest.dropFirst()
    let candidates = vocabulary.signatures(for: word)
    if let second = rest.first?.word, let match = candidates.first(where: { $0.subject == second }) {
      signature = match
      rest = rest.dropFirst()
      return true
    }
    signature = candidates.first { $0.subject == nil }
    return false
  }

  /// The name before the innermost open bracket, if that stands directly behind a name.
  private static func openKey(in tokens: ArraySlice<Token>) -> String? {
    var open: [Int] = []
    for (index, token) in zip(tokens.indices, tokens) {
      switch token.kind {
      case .leftBracket, .leftParenthesis: open.append(index)
      case .rightBracket, .rightParenthesis: _ = open.popLast()
      default: break
      }
    }
    guard let last = open.last, last > tokens.startIndex, tokens[last].kind == .leftBracket,
      !tokens[last].hasSpaceBefore
    else { return nil }
    return last == tokens.index(before: tokens.endIndex) ? tokens[last - 1].word : nil
  }

  private static func expectation(in tokens: [Token], signature: CommandSignature?) -> Expectation {
    var label: Token?
    var start = 0
    for index in tokens.indices.dropLast() where tokens[index + 1].kind == .colon && tokens[index].word != nil {
      label = tokens[index]
      start = index + 2
    }
    let value = Array(tokens[min(start, tokens.count)...])
    var scan = ValueScan()
    for token in value { scan.read(token) }
    guard let name = label?.word else {
      if scan.expectsNumber { return .nothing }
      if scan.isInList { return scan.expectsElement ? .positionalElement(place: scan.count - 1) : .nothing }
      return .argument(place: scan.count)
    }
    let type = signature?.label(name)?.type
    if type?.columnsOfCondition != nil || scan.isCondition { return conditionExpectation(in: value, label: name) }
    if scan.expectsNumber { return .nothing }
    if scan.isInList { return scan.expectsElement ? .labelValue(name, isElement: true) : .nothing }
    return value.isEmpty ? .labelValue(name, isElement: false) : .label
  }

  private static func conditionExpectation(in tokens: [Token], label: String) -> Expectation {
    var expectation = Expectation.column(label: label)
    for token in tokens {
      switch (expectation, token.kind) {
      case (.column, .leftParenthesis): break
      case (.column, .word(let name)), (.column, .string(let name, _)):
        expectation = .comparison(label: label, column: name)
      case (.comparison(_, let name), .equal), (.comparison(_, let name), .comparison),
        (.comparison(_, let name), .word("contains")):
        expectation = .operand(label: label, column: name)
      case (.operand, .word), (.operand, .string), (.operand, .number): expectation = .joiner
      case (.joiner, .rightParenthesis), (.joiner, .percent): break
      case (.joiner, .word("and")), (.joiner, .word("or")): expectation = .column(label: label)
      default: return .nothing
      }
    }
    return expectation
  }

  /// Counts the values in a row of tokens.
  private struct ValueScan {
    var count = 0
    var expectsNumber = false
    var isCondition = false
    private var depth = 0
    private var last: Token.Kind?

    var isInList: Bool { depth > 0 }
    var expectsElement: Bool { last == .leftBracket || last == .comma }

    mutating func read(_ token: Token) {
      switch token.kind {
      case .leftBracket:
        let isKey = !token.hasSpaceBefore && { if case .word? = last { true } else { false } }()
        if depth == 0, !isKey { count += 1 }
        depth += 1
      case .rightBracket: depth = max(0, depth - 1)
      case .leftParenthesis, .comparison, .equal: isCondition = true
      case .word, .number, .string, .size:
        if depth == 0, !expectsNumber { count += 1 }
      default: break
      }
      expectsNumber = token.kind == .dots
      last = token.kind
    }
  }
}

extension ArgumentType {
  /// The columns of the condition that the type takes; nil if it takes none.
  var columnsOfCondition: [ColumnSignature]? {
    for case .condition(let columns) in alternatives { return columns }
    return nil
  }
}
