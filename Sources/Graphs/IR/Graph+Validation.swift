import Tensors

extension Graph {
  /// Checks the rules that every graph keeps.
  ///
  /// Values have unique names and are computed once, before they are read; inputs are neither computed nor constant;
  /// everything read has the type that inference gives it.
  /// - Throws: `GraphError` naming the first rule that is broken, and where.
  public func validate() throws(GraphError) {
    try validateNames()
    var available: Set<ValueID> = []
    for input in inputs {
      try check(input)
      guard self[input].constant == nil, self[input].type != nil, available.insert(input).inserted else {
        throw broken("the input “\(self[input].name)” must be there once, have a type, and not be constant")
      }
    }
    for node in nodes {
      do { try validate(node, &available) } catch { throw error.at(node: node.name, operatorName: node.operatorName) }
    }
    for output in outputs {
      try check(output)
      guard available.contains(output) || self[output].constant != nil else {
        throw broken("the output “\(self[output].name)” is not computed by any node")
      }
    }
    try validateTypes()
  }

  private func validateNames() throws(GraphError) {
    var names: Set<String> = []
    for value in values where value.name.isEmpty || !names.insert(value.name).inserted {
      throw broken(value.name.isEmpty ? "a value has no name" : "two values have the name “\(value.name)”")
    }
  }

  private func validate(_ node: Node, _ available: inout Set<ValueID>) throws(GraphError) {
    for case let input? in node.inputs {
      try check(input)
      guard available.contains(input) || self[input].constant != nil else {
        throw broken("reads “\(self[input].name)”, which nothing before it computes")
      }
    }
    for case let output? in node.outputs {
      try check(output)
      guard self[output].constant == nil, available.insert(output).inserted else {
        throw broken("computes “\(self[output].name)”, which has its elements from elsewhere")
      }
    }
  }

  private func validateTypes() throws(GraphError) {
    var inferred = self
    try inferred.inferTypes()
    for (value, expected) in zip(values, inferred.values) where value.type != expected.type {
      throw broken(
        "“\(value.name)” is \(value.type?.description ?? "without a type"), but inference says "
          + "\(expected.type?.description ?? "nothing")")
    }
  }

  private func broken(_ message: String) -> GraphError { GraphError(.invalidGraph, message) }
}
