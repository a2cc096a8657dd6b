/// Gathers what a model needs and is not there, so that one error names all of it.
struct MissingOperators {
  private var found: [(name: String, node: String)] = []

  /// Notes an operator at a node; only its first node counts.
  mutating func add(_ name: String, node: String) {
    if !found.contains(where: { $0.name == name }) { found.append((name, node)) }
  }

  /// The error that names them; nil if none was noted.
  ///
  /// - Parameters:
  ///   - what: what they are, as `operator`.
  ///   - place: where they stand, as `node`.
  ///   - context: what more to say of all, with a space behind it.
  func error(what: String, place: String, context: String) -> ModelFormatError? {
    guard let first = found.first else { return nil }
    let list = found.map { "\($0.name) (\(place) “\($0.node)”)" }.joined(separator: ", ")
    return ModelFormatError(
      .unsupportedOperator,
      "needs \(what)\(found.count == 1 ? "" : "s") \(context)that \(found.count == 1 ? "is" : "are") not supported: \(list)",
      remedy: "use a model without \(found.count == 1 ? "it" : "them")", context: first.node)
  }
}
