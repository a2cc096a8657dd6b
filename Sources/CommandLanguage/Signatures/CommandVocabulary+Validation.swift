extension CommandVocabulary {
  /// What is wrong with the declarations themselves, one sentence each; a test of every vocabulary expects none.
  ///
  /// Names must be words and unambiguous, defaults must fit their types, choices must not be empty, only the last
  /// positional argument may be repeated, none that is required may follow one that is not, and every example must
  /// parse and bind when names that it uses without assigning them are taken as known.
  public var problems: [String] {
    var problems: [String] = []
    var titles: Set<String> = []
    for signature in signatures {
      for verb in [signature.verb] + signature.aliases {
        let title = signature.subject.map { "\(verb) \($0)" } ?? verb
        if !titles.insert(title).inserted { problems.append("`\(title)` is declared twice") }
      }
      problems += signature.problems.map { "`\(signature.title)`: \($0)" }
      for example in signature.examples {
        problems += exampleProblems(example).map { "`\(signature.title)`: the example `\(example.text)`: \($0)" }
      }
    }
    return problems
  }

  private func exampleProblems(_ example: CommandExample) -> [String] {
    let (cell, diagnostics) = Parser.parse(example.text)
    let unknown = Binder(self).check(cell, in: ScopeSnapshot()).filter { $0.code != .unknownName }
    return (diagnostics + unknown).map(\.message)
  }
}

extension CommandSignature {
  fileprivate var problems: [String] {
    var problems: [String] = []
    let words = [verb] + aliases + [subject].compactMap { $0 } + parameters.flatMap { [$0.name] + $0.spellings }
    problems += words.filter { !Lexer.isWord($0) || $0 == "true" || $0 == "false" }.map { "`\($0)` is not a word" }
    var names: Set<String> = []
    for name in parameters.flatMap({ [$0.name] + $0.spellings }) where !names.insert(name).inserted {
      problems.append("`\(name)` is declared twice")
    }
    if positional.dropLast().contains(where: \.isRepeated) {
      problems.append("only the last positional argument can be repeated")
    }
    if zip(positional, positional.dropFirst()).contains(where: { !$0.isRequired && $1.isRequired }) {
      problems.append("a required positional argument stands behind one that is not")
    }
    for parameter in parameters {
      if parameter.defaultText != nil, parameter.defaultValue == nil {
        problems.append("the default of `\(parameter.name)` is not \(parameter.type.phrase)")
      }
      for case .choice(let words) in parameter.type.alternatives where words.isEmpty {
        problems.append("`\(parameter.name)` has nothing to choose from")
      }
      if parameter.summary.isEmpty { problems.append("`\(parameter.name)` has no summary") }
    }
    return problems
  }
}
