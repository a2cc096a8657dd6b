extension Parser {
  /// Whether a condition begins at the present token: a parenthesis, or a column with an operator behind it.
  var startsCondition: Bool {
    switch current.kind {
    case .leftParenthesis: return true
    case .word, .string: break
    default: return false
    }
    switch lookAhead().kind {
    case .equal, .comparison: return nextIs(lookAhead().kind)
    case .word("contains"), .word("and"), .word("or"):
      guard nextIs(lookAhead().kind) else { return false }
      return lookAhead(2).kind != .colon
    default: return false
    }
  }

  /// Reads conditions joined with `and` and `or`; `and` binds tighter.
  mutating func parseCondition() -> ConditionSyntax? {
    parseJoined("or", into: { .any($0) }, splice: { if case .any(let parts) = $0 { parts } else { nil } }) { parser in
      parser.parseJoined("and", into: { .all($0) }, splice: { if case .all(let parts) = $0 { parts } else { nil } }) {
        $0.parseConditionTerm()
      }
    }
  }

  private mutating func parseJoined(
    _ joiner: String, into make: ([ConditionSyntax]) -> ConditionSyntax.Kind,
    splice: (ConditionSyntax.Kind) -> [ConditionSyntax]?, term: (inout Parser) -> ConditionSyntax?
  ) -> ConditionSyntax? {
    let start = current.span
    var parts: [ConditionSyntax] = []
    while let part = term(&self) {
      parts += splice(part.kind) ?? [part]
      guard !hasFailed, !atStatementEnd, current.word == joiner, !nextIs(.colon) else { break }
      advance()
    }
    guard let first = parts.first, !hasFailed else { return nil }
    return parts.count == 1 ? first : ConditionSyntax(make(parts), span: start.union(placeBehindPrevious))
  }

  private mutating func parseConditionTerm() -> ConditionSyntax? {
    let start = current.span
    guard !atStatementEnd else {
      failMissing("a comparison", help: "for instance `rank > 0`")
      return nil
    }
    switch current.kind {
    case .leftParenthesis:
      guard open(closing: ")") else { return nil }
      let inner = parseCondition()
      close(.rightParenthesis)
      return inner.map { ConditionSyntax($0.kind, span: start.union(placeBehindPrevious)) }
    case .word(let text), .string(let text, _):
      advance()
      return parseComparison(column: NameSyntax(text, span: start))
    default:
      failMissing("a column", help: "a comparison reads column, operator, value: `rank > 0`")
      return nil
    }
  }

  private mutating func parseComparison(column: NameSyntax) -> ConditionSyntax? {
    let comparison: Comparison
    switch atStatementEnd ? .end : current.kind {
    case .equal: comparison = .equal
    case .comparison(let written): comparison = written
    case .word("contains"): comparison = .contains
    default:
      failMissing("a comparison of `\(column.text)`", expected: Comparison.allCases.map(\.rawValue))
      return nil
    }
    advance()
    switch atStatementEnd ? .end : current.kind {
    case .string, .word, .number: break
    default:
      failMissing("the value to compare `\(column.text)` with")
      return nil
    }
    guard let operand = parseValue(), !hasFailed else { return nil }
    switch operand.kind {
    case .string, .number, .bool, .name: break
    default:
      fail(
        Diagnostic(
          .unexpectedToken, "a column is compared with one number, text or word", at: operand.span,
          help: "join two comparisons with `and` or `or`"))
      return nil
    }
    let span = column.span.union(operand.span)
    return ConditionSyntax(
      .comparison(ComparisonSyntax(column: column, comparison: comparison, operand: operand)), span: span)
  }
}
