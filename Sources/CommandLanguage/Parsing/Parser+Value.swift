extension Parser {
  /// Reads the verb at the present token and all arguments behind it.
  mutating func parseCommand(verb: String) -> CommandSyntax {
    var command = CommandSyntax(verb: NameSyntax(verb, span: current.span))
    advance()
    while !atStatementEnd, !hasFailed {
      if let word = current.word, nextIs(.colon) {
        let label = NameSyntax(word, span: current.span)
        advance()
        advance()
        command.arguments.append(ArgumentSyntax(label: label, value: parseLabelValue(label)))
      } else if startsValue {
        guard let value = parseValue() else { break }
        command.arguments.append(ArgumentSyntax(value: value))
      } else {
        failAtArgument(after: command)
      }
    }
    return command
  }

  private var startsValue: Bool {
    switch current.kind {
    case .word, .number, .size, .string, .leftBracket: true
    default: false
    }
  }

  private mutating func failAtArgument(after command: CommandSyntax) {
    switch current.kind {
    case .equal:
      if case .name(let name) = command.arguments.last?.value.kind, command.arguments.last?.label == nil {
        fail(
          Diagnostic(
            .unexpectedToken, "`=` only stands behind the name that a statement assigns", at: current.span,
            expected: [":"], help: "a label is written with a colon: `\(name): …`"))
      } else {
        fail(
          Diagnostic(
            .unexpectedToken, "`=` only stands behind the name that a statement assigns", at: current.span,
            help: "for instance `name = \(command.verb.text) …`"))
      }
    case .comparison(.equal) where command.arguments.isEmpty:
      fail(
        Diagnostic(
          .unexpectedToken, "`==` compares and does not assign", at: current.span, expected: ["="],
          help: "a name is assigned with one `=`"))
    case .comparison, .leftParenthesis:
      fail(
        Diagnostic(
          .unexpectedToken, "a condition stands behind a label", at: current.span,
          help: "for instance `where: rank > 0`; the column stands on the left"))
    case .comma:
      fail(
        Diagnostic(
          .unexpectedToken, "values are separated by spaces, and by commas only in a list", at: current.span,
          help: "a list stands in square brackets: [1, 2]"))
    case .colon:
      fail(Diagnostic(.unexpectedToken, "a label is one word before its colon", at: current.span))
    default:
      failMissing("a value or a label")
    }
  }

  /// Reads the value behind a label, which may be a condition; its kind is `missing` where there is none.
  mutating func parseLabelValue(_ label: NameSyntax) -> ValueSyntax {
    if !atStatementEnd, startsCondition {
      if let condition = parseCondition() { return ValueSyntax(.condition(condition), span: condition.span) }
    } else if !atStatementEnd, !(current.word != nil && nextIs(.colon)) {
      if let value = parseValue() { return value }
    } else {
      failMissing("a value behind `\(label.text):`")
    }
    return ValueSyntax(.missing, span: placeBehindPrevious)
  }

  /// Reads one value; nil, with a diagnostic, where there is none.
  mutating func parseValue() -> ValueSyntax? {
    let token = current
    guard !atStatementEnd else {
      failMissing("a value")
      return nil
    }
    switch token.kind {
    case .string(let text, _):
      advance()
      return ValueSyntax(.string(text), span: token.span)
    case .size(let sides):
      advance()
      return ValueSyntax(.size(sides), span: token.span)
    case .number: return parseNumberOrRange()
    case .leftBracket: return parseList()
    case .word("true"), .word("false"):
      advance()
      return ValueSyntax(.bool(token.word == "true"), span: token.span)
    case .word(let name):
      let isElement = nextIs(.leftBracket) && !lookAhead().hasSpaceBefore
      advance()
      return isElement
        ? parseElement(of: NameSyntax(name, span: token.span)) : ValueSyntax(.name(name), span: token.span)
    default:
      failMissing("a value")
      return nil
    }
  }

  private mutating func parseElement(of base: NameSyntax) -> ValueSyntax? {
    guard open(closing: "]") else { return nil }
    let key = parseValue()
    close(.rightBracket)
    guard let key else { return nil }
    return ValueSyntax(.element(base, key: key), span: base.span.union(placeBehindPrevious))
  }

  private mutating func parseList() -> ValueSyntax? {
    let start = current.span
    guard open(closing: "]") else { return nil }
    var values: [ValueSyntax] = []
    while current.kind != .rightBracket, current.kind != .comma, !atStatementEnd {
      guard let value = parseValue() else { break }
      values.append(value)
      guard current.kind == .comma else { break }
      advance()
    }
    if current.kind == .comma {
      fail(
        Diagnostic(
          .unexpectedToken, "expected a value before the comma", at: current.span, help: "a list reads [1, 2, 3]"))
    }
    close(.rightBracket, alternative: values.isEmpty ? nil : ",")
    return ValueSyntax(.list(values), span: start.union(placeBehindPrevious))
  }

  private mutating func parseNumberOrRange() -> ValueSyntax? {
    let start = current.span
    guard let lower = parseNumber() else { return nil }
    guard !atStatementEnd, current.kind == .dots else {
      return ValueSyntax(.number(lower), span: start.union(placeBehindPrevious))
    }
    advance()
    guard !atStatementEnd, let upper = parseNumber() else {
      failMissing("the number that ends the range", help: "a range reads 1..4")
      return nil
    }
    return ValueSyntax(.range(lower, upper), span: start.union(placeBehindPrevious))
  }

  /// Reads a number; a unit may also stand apart from it.
  private mutating func parseNumber() -> NumberSyntax? {
    guard case .number(var number) = current.kind else { return nil }
    advance()
    guard number.unit == nil, !atStatementEnd else { return number }
    if current.kind == .percent {
      number.unit = .percent
      advance()
    } else if let word = current.word, let unit = NumberUnit(rawValue: word), !nextIs(.colon), !nextIs(.leftBracket) {
      number.unit = unit
      advance()
    }
    return number
  }
}
