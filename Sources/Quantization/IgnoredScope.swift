import Graphs

/// Nodes that stay in floating point: by name, by pattern of names, or by operator.
public struct IgnoredScope: Sendable, Hashable {
  /// Exact names of nodes.
  public var names: [String]
  /// Patterns of names of nodes: `*` stands for any characters, `?` for any single one.
  public var patterns: [String]
  /// Names of operators, as `Conv`.
  public var operatorTypes: [String]

  /// Makes a scope; without arguments, nothing is ignored.
  public init(names: [String] = [], patterns: [String] = [], operatorTypes: [String] = []) {
    self.names = names
    self.patterns = patterns
    self.operatorTypes = operatorTypes
  }

  /// Makes a scope of entries of which each may be a name, an operator or a pattern.
  ///
  /// What a text is follows from its form alone: the name of an operator, else a pattern if it has wildcards, else a
  /// name.
  public init(entries: [String]) {
    let operators = Set(OperatorCatalog.all.map { $0.name })
    self.init()
    for entry in entries {
      if operators.contains(entry) {
        operatorTypes.append(entry)
      } else if GlobPattern.hasWildcards(entry) {
        patterns.append(entry)
      } else {
        names.append(entry)
      }
    }
  }

  /// For each node that is ignored, the entry that says so.
  ///
  /// - Throws: `QuantizationError.unmatchedScope` for the first entry that fits no node.
  func nodes(of graph: Graph) throws(QuantizationError) -> [Int: String] {
    var ignored: [Int: String] = [:]
    for name in names {
      try mark(&ignored, in: graph, "no node has the name “\(name)”", name) { $0.name == name }
    }
    for pattern in patterns {
      let glob = GlobPattern(pattern)
      try mark(&ignored, in: graph, "no node's name fits the pattern “\(pattern)”", pattern) { glob.matches($0.name) }
    }
    for type in operatorTypes {
      try mark(&ignored, in: graph, "no node has the operator “\(type)”", type) { $0.operatorName == type }
    }
    return ignored
  }

  private func mark(
    _ ignored: inout [Int: String], in graph: Graph, _ problem: String, _ entry: String, where fits: (Node) -> Bool
  ) throws(QuantizationError) {
    let found = graph.nodes.indices.filter { fits(graph.nodes[$0]) }
    guard !found.isEmpty else {
      throw QuantizationError(
        .unmatchedScope, "nothing can be left out: \(problem)", remedy: Self.advice(for: entry, in: graph))
    }
    for index in found where ignored[index] == nil { ignored[index] = entry }
  }

  /// What was probably meant, or what there is to choose from.
  private static func advice(for entry: String, in graph: Graph) -> String {
    let names = graph.nodes.map(\.name) + Set(graph.nodes.map(\.operatorName)).sorted()
    let folded = entry.lowercased()
    let near = names.filter { $0.lowercased() == folded || $0.lowercased().contains(folded) }
    let shown = (near.isEmpty ? names : near).prefix(3).map { "“\($0)”" }.joined(separator: ", ")
    return near.isEmpty ? "use the name of a node or an operator, as \(shown)" : "did you mean \(shown)?"
  }
}
