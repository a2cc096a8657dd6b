extension StatementSyntax {
  /// All words of the statement that could stand for a value: bases of elements, values, and a lone word.
  public var wordsRead: Set<String> {
    switch body {
    case .command(let command):
      let words = command.arguments.reduce(into: Set<String>()) { $0.formUnion($1.value.wordsRead) }
      return command.arguments.isEmpty ? words.union([command.verb.text]) : words
    case .value(let value): return value.wordsRead
    case .missing: return []
    }
  }
}

extension ValueSyntax {
  fileprivate var wordsRead: Set<String> {
    switch kind {
    case .name(let name): [name]
    case .element(let base, let key): key.wordsRead.union([base.text])
    case .list(let values): values.reduce(into: []) { $0.formUnion($1.wordsRead) }
    case .condition(let condition): condition.wordsRead
    case .string, .number, .bool, .range, .size, .missing: []
    }
  }
}

extension ConditionSyntax {
  fileprivate var wordsRead: Set<String> {
    switch kind {
    case .comparison(let comparison): comparison.operand.wordsRead
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.wordsRead) }
    }
  }
}
