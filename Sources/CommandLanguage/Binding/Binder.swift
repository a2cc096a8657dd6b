/// Matches statements to the declarations of commands and to the names that there are.
public struct Binder: Sendable {
  /// The commands.
  public let vocabulary: CommandVocabulary

  /// A binder for these commands.
  public init(_ vocabulary: CommandVocabulary) { self.vocabulary = vocabulary }

  /// The statement ready to run, or nil with the reasons why it cannot.
  ///
  /// For a statement with syntax errors both are empty: the parser has said what is wrong.
  public func bind(
    _ statement: StatementSyntax, in scope: some NameScope
  ) -> (statement: BoundStatement?, diagnostics: [Diagnostic]) {
    guard !statement.hasErrors else { return (nil, []) }
    switch statement.body {
    case .missing: return (nil, [])
    case .value(let value): return bind(value, of: statement, in: scope)
    case .command(let command):
      if let name = lookup(command, in: scope) { return bind(name, of: statement, in: scope) }
      var binding = CommandBinding(vocabulary: vocabulary, scope: scope, statement: statement, command: command)
      let bound = binding.run()
      let body = bound.map { BoundStatement.Body.command($0) }
      return (
        body.map { BoundStatement(assignedName: statement.assignedName, body: $0, span: statement.span) },
        binding.diagnostics
      )
    }
  }

  /// Everything that binding would say about a cell before it runs: a name assigned in the cell counts as known from
  /// then on, with the kind that its command gives. Stops after `limit` diagnostics.
  public func check(_ cell: CellSyntax, in scope: some NameScope, limit: Int = 100) -> [Diagnostic] {
    var scope = ScopeSnapshot(copying: scope)
    var diagnostics: [Diagnostic] = []
    for statement in cell.statements {
      guard diagnostics.count < limit else { break }
      diagnostics += bind(statement, in: scope).diagnostics
      if let name = statement.assignedName { scope.assign(name.text, entry(assignedBy: statement, in: scope)) }
    }
    return diagnostics
  }

  /// What the name that a statement assigns will stand for, as far as the text tells; `.any` where it does not.
  public func entry(assignedBy statement: StatementSyntax, in scope: some NameScope) -> ScopeEntry {
    switch statement.body {
    case .missing: return ScopeEntry(.any)
    case .value(let value): return value.isPlain ? ScopeEntry(.value, literal: value) : ScopeEntry(.any)
    case .command(let command):
      if case .name(let name)? = lookup(command, in: scope)?.kind { return scope.entry(for: name) ?? ScopeEntry(.any) }
      let subject = command.arguments.first.flatMap { argument -> String? in
        if argument.label == nil, case .name(let word) = argument.value.kind { word } else { nil }
      }
      let signature =
        vocabulary.signature(for: command.verb.text, subject: subject)
        ?? vocabulary.signature(for: command.verb.text, subject: nil)
      return ScopeEntry(signature?.result ?? .any, summary: signature.map { "from `\($0.title)`" } ?? "")
    }
  }

  /// The name that a lone word stands for: names go before commands there.
  private func lookup(_ command: CommandSyntax, in scope: some NameScope) -> ValueSyntax? {
    guard command.arguments.isEmpty, scope.entry(for: command.verb.text) != nil else { return nil }
    return ValueSyntax(.name(command.verb.text), span: command.verb.span)
  }

  private func bind(
    _ value: ValueSyntax, of statement: StatementSyntax, in scope: some NameScope
  ) -> (statement: BoundStatement?, diagnostics: [Diagnostic]) {
    let binder = ValueBinder(vocabulary: vocabulary, scope: scope, taker: "a statement takes")
    do throws(BindingFailure) {
      let argument = try binder.bindAny(value)
      if statement.assignedName != nil, !value.isPlain, !argument.value.isReference {
        throw BindingFailure(
          .rightForm,
          Diagnostic(
            .wrongType, "only a plain value, a name or what a command gives can have a name, not \(value.phrase)",
            at: value.span, help: "leave out `\(statement.assignedName?.text ?? "name") =` to show it"))
      }
      return (
        BoundStatement(assignedName: statement.assignedName, body: .value(argument), span: statement.span), []
      )
    } catch {
      return (nil, [error.diagnostic])
    }
  }
}

extension ValueBinder {
  /// The value as what it is by itself.
  func bindAny(_ value: ValueSyntax) throws(BindingFailure) -> BoundArgument {
    switch value.kind {
    case .string(let text): return BoundArgument(.string(text), span: value.span)
    case .bool: return try bind(value, as: .bool)
    case .size: return try bind(value, as: .size)
    case .range: return try bind(value, as: .range(in: Int.min...Int.max))
    case .name:
      // By itself the name stands for whatever it is, lists too, and not for the value in its place.
      let any = ArgumentType.reference([.any])
      return BoundArgument(try bindReference(value, any, kinds: [.any]), span: value.span)
    case .element: return try bind(value, as: .element)
    case .number(let number):
      if let integer = number.integer, number.unit == nil { return BoundArgument(.integer(integer), span: value.span) }
      return BoundArgument(.number(number.baseValue, unit: number.unit), span: value.span)
    case .list(let values):
      var elements: [BoundArgument] = []
      for value in values { elements.append(try bindAny(value)) }
      return BoundArgument(.list(elements), span: value.span)
    case .condition, .missing:
      throw BindingFailure(.otherForm, Diagnostic(.wrongType, "\(value.phrase) has no value by itself", at: value.span))
    }
  }
}

extension ValueSyntax {
  /// Whether the value speaks of no name, so that it stays what it is when names change.
  var isPlain: Bool {
    switch kind {
    case .string, .number, .bool, .range, .size: true
    case .list(let values): values.allSatisfy(\.isPlain)
    case .name, .element, .condition, .missing: false
    }
  }
}

extension BoundValue {
  /// Whether the value is what a name stands for.
  fileprivate var isReference: Bool { if case .reference = self { true } else { false } }
}
