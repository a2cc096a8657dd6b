extension ValueBinder {
  /// The value as a name that stands for one of these kinds.
  func bindReference(
    _ value: ValueSyntax, _ type: ArgumentType, kinds: [ReferenceKind]
  ) throws(BindingFailure) -> BoundValue {
    guard case .name(let name) = value.kind else {
      var help: String?
      if case .string = value.kind, let kind = kinds.first, let producer = producer(of: kind) {
        help = "give it a name first: `\(kind.rawValue) = \(producer.title) \(value)`"
      }
      throw otherForm(value, type, help: help)
    }
    let entry = try entry(for: NameSyntax(name, span: value.span), kinds: kinds)
    return .reference(name, entry.kind)
  }

  /// The value as one sample of a dataset.
  func bindElement(_ value: ValueSyntax, _ type: ArgumentType) throws(BindingFailure) -> BoundValue {
    guard case .element(let base, let key) = value.kind else {
      if case .name(let name) = value.kind, scope.entry(for: name)?.kind == .dataset {
        throw otherForm(value, type, help: "pick one sample: `\(name)[0]`, or by its file name: `\(name)[\"…\"]`")
      }
      throw otherForm(value, type)
    }
    _ = try entry(for: base, kinds: [.dataset])
    let bare = if case .name(let name) = key.kind { scope.entry(for: name)?.literal ?? key } else { key }
    switch bare.kind {
    case .string(let text): return .element(dataset: base.text, key: .name(text))
    case .number(let number):
      if let index = number.integer, index >= 0, number.unit == nil {
        return .element(dataset: base.text, key: .index(index))
      }
    default: break
    }
    let help: String? =
      if case .name(let name) = key.kind { "text stands in quotes: \(name.quotedForSource)" } else { nil }
    throw BindingFailure(
      .rightForm,
      Diagnostic(
        .wrongType, "a sample is picked by its file name in quotes or its place from 0, not by \(key.phrase)",
        at: key.span, help: help))
  }

  /// What a name stands for, if that is one of these kinds.
  func entry(for name: NameSyntax, kinds: [ReferenceKind]) throws(BindingFailure) -> ScopeEntry {
    guard let entry = scope.entry(for: name.text) else {
      throw BindingFailure(.rightForm, unknownName(name, kinds: kinds))
    }
    guard entry.kind.satisfies(kinds) else {
      let others = scope.names.filter { scope.entry(for: $0)?.kind.satisfies(kinds) ?? false }
      let help =
        others.isEmpty ? assignmentHint(for: kinds) : "of that kind: \(others.suffix(6).joined(separator: ", "))"
      throw BindingFailure(
        .rightForm,
        Diagnostic(
          .wrongKind, "\(taker) \(ArgumentType.reference(kinds).phrase), and `\(name.text)` is \(entry.kind.phrase)",
          at: name.span, help: help))
    }
    return entry
  }

  /// The diagnostic for a name that stands for nothing.
  func unknownName(_ name: NameSyntax, kinds: [ReferenceKind]) -> Diagnostic {
    let suitable = scope.names.filter { scope.entry(for: $0)?.kind.satisfies(kinds) ?? false }
    let help =
      SpellingSuggestion.question(for: name.text, among: suitable)
      ?? SpellingSuggestion.question(for: name.text, among: scope.names)
      ?? assignmentHint(for: kinds, name: name.text)
    return Diagnostic(
      .unknownName, "the name `\(name.text)` was never assigned", at: name.span, expected: suitable, help: help)
  }

  private func assignmentHint(for kinds: [ReferenceKind], name: String? = nil) -> String {
    let kind = kinds.first { $0 != .any && $0 != .value } ?? .any
    guard let producer = producer(of: kind) else { return "assign it first: `\(name ?? "name") = …`" }
    return "assign it first: `\(name ?? kind.rawValue) = \(producer.title) …`"
  }

  private func producer(of kind: ReferenceKind) -> CommandSignature? {
    vocabulary.signatures.first { $0.result == kind }
  }
}
