extension ValueBinder {
  /// The condition with its columns and operands checked.
  func bindCondition(
    _ condition: ConditionSyntax, columns: [ColumnSignature]
  ) throws(BindingFailure) -> BoundCondition {
    switch condition.kind {
    case .all(let parts):
      return BoundCondition(kind: .all(try bindParts(parts, columns: columns)), span: condition.span)
    case .any(let parts):
      return BoundCondition(kind: .any(try bindParts(parts, columns: columns)), span: condition.span)
    case .comparison(let comparison):
      let column = try self.column(comparison.column, among: columns)
      let operand = try self.operand(comparison.operand, of: column)
      let orders: Set<Comparison> = [.less, .lessOrEqual, .greater, .greaterOrEqual]
      let isText = if case .text = operand { true } else { false }
      let isBool = if case .bool = operand { true } else { false }
      if (comparison.comparison == .contains && !isText) || (orders.contains(comparison.comparison) && isBool) {
        throw BindingFailure(
          .rightForm,
          Diagnostic(
            .wrongType, "`\(comparison.comparison.rawValue)` cannot compare \(comparison.operand.phrase)",
            at: condition.span, help: isBool ? "use = or !=" : "`contains` is for text; use = != < <= > >= here"))
      }
      return BoundCondition(
        kind: .comparison(
          column: NameSyntax(column.name, span: comparison.column.span), comparison.comparison, operand),
        span: condition.span)
    }
  }

  private func bindParts(
    _ parts: [ConditionSyntax], columns: [ColumnSignature]
  ) throws(BindingFailure) -> [BoundCondition] {
    var bound: [BoundCondition] = []
    for part in parts { bound.append(try bindCondition(part, columns: columns)) }
    return bound
  }

  private func column(
    _ name: NameSyntax, among columns: [ColumnSignature]
  ) throws(BindingFailure) -> ColumnSignature {
    if columns.isEmpty { return ColumnSignature(name.text) }
    if let column = columns.first(where: { $0.isNamed(name.text) }) { return column }
    let names = columns.map(\.name)
    throw BindingFailure(
      .rightForm,
      Diagnostic(
        .unknownColumn, "there is no column `\(name.text)` here", at: name.span, expected: names,
        help: SpellingSuggestion.question(for: name.text, among: names)))
  }

  private func operand(
    _ value: ValueSyntax, of column: ColumnSignature
  ) throws(BindingFailure) -> BoundCondition.Operand {
    var value = value
    if case .name(let name) = value.kind {
      let literal = scope.entry(for: name)?.literal
      value.kind = column.content == .text ? .string(name) : literal?.kind ?? .string(name)
      if column.content == .text, case .string? = literal?.kind { value.kind = literal?.kind ?? value.kind }
    }
    switch (value.kind, column.content) {
    case (.number(let number), .number), (.number(let number), .any): return .number(number.baseValue)
    case (.string(let text), .text), (.string(let text), .any): return .text(text)
    case (.bool(let flag), .bool), (.bool(let flag), .any): return .bool(flag)
    default:
      let content: String =
        switch column.content {
        case .number: "numbers"
        case .text: "text"
        case .bool: "true or false"
        case .any: "values"
        }
      throw BindingFailure(
        .rightForm,
        Diagnostic(
          .wrongType, "the column `\(column.name)` has \(content), which cannot be compared with \(value.phrase)",
          at: value.span, help: "for instance `\([column].example)`"))
    }
  }
}
