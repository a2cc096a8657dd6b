import CommandLanguage

/// A tree as nested parentheses without spans, so that two trees can be compared by content alone.
enum Outline {
  static func of(_ cell: CellSyntax) -> String { cell.statements.map(of).joined(separator: "\n") }

  static func of(_ statement: StatementSyntax) -> String {
    let body =
      switch statement.body {
      case .command(let command): "(\((["run", command.verb.text] + command.arguments.map(of)).joined(separator: " ")))"
      case .value(let value): "(show \(of(value)))"
      case .missing: "(missing)"
      }
    return statement.assignedName.map { "(assign \($0.text) \(body))" } ?? body
  }

  static func of(_ argument: ArgumentSyntax) -> String {
    argument.label.map { "(\($0.text): \(of(argument.value)))" } ?? of(argument.value)
  }

  static func of(_ value: ValueSyntax) -> String {
    switch value.kind {
    case .string(let text): "(string \(text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")))"
    case .number(let number): of(number)
    case .bool(let flag): "(bool \(flag))"
    case .name(let name): name
    case .element(let base, let key): "(element \(base.text) \(of(key)))"
    case .list(let values): "(list \(values.map(of).joined(separator: " ")))"
    case .range(let lower, let upper): "(range \(of(lower)) \(of(upper)))"
    case .size(let sides): "(size \(sides.map(String.init).joined(separator: " ")))"
    case .condition(let condition): of(condition)
    case .missing: "(missing)"
    }
  }

  static func of(_ number: NumberSyntax) -> String {
    "(number \(number.integer.map(String.init) ?? "bits \(number.value.bitPattern)")\(number.unit.map { " \($0)" } ?? ""))"
  }

  static func of(_ condition: ConditionSyntax) -> String {
    switch condition.kind {
    case .comparison(let comparison):
      "(\(comparison.comparison.rawValue) \(comparison.column.text) \(of(comparison.operand)))"
    case .all(let parts): "(and \(parts.map(of).joined(separator: " ")))"
    case .any(let parts): "(or \(parts.map(of).joined(separator: " ")))"
    }
  }
}
