import Tensors

extension Graph {
  /// The graph as text, one line a constant and a node, for people and for recorded tests.
  ///
  /// Equal graphs give equal text. Values that nothing reads are left out.
  public var text: String {
    var lines = ["graph \(name)"]
    lines += inputs.map { "in \(describe($0))" }
    var constants: Set<ValueID> = []
    for node in nodes {
      for case let input? in node.inputs where constant(input) != nil && constants.insert(input).inserted {
        lines.append(constantLine(input))
      }
      lines.append(line(node))
    }
    for output in outputs where constant(output) != nil && constants.insert(output).inserted {
      lines.append(constantLine(output))
    }
    lines += outputs.map { "out \(self[$0].name)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func describe(_ id: ValueID) -> String {
    "\(self[id].name): \(self[id].type?.description ?? "unknown")"
  }

  private func line(_ node: Node) -> String {
    let inputs = node.inputs.map { $0.map { self[$0].name } ?? "-" }.joined(separator: ", ")
    let outputs = node.outputs.map { $0.map(describe) ?? "-" }.joined(separator: ", ")
    var line = "\(node.operatorName) \(node.name) (\(inputs)) -> \(outputs)"
    let attributes = node.op.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
    if !attributes.isEmpty { line += " {\(attributes.joined(separator: ", "))}" }
    if let op = node.op as? any ActivationFusing, op.activation != .identity { line += " | \(op.activation)" }
    return line
  }

  private func constantLine(_ id: ValueID) -> String {
    "const \(describe(id))\(constant(id).map { " = \($0.summary)" } ?? "")"
  }
}

extension AttributeValue {
  fileprivate var text: String {
    switch self {
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .string(let text): text
    case .tensor(let tensor): "\(tensor.elementType.rawValue)\(tensor.shape) \(tensor.summary)"
    case .integers(let numbers): "\(numbers)"
    case .floats(let numbers): "\(numbers)"
    case .strings(let texts): "\(texts)"
    }
  }
}

extension Tensor {
  /// A few elements in full; of more, the range.
  fileprivate var summary: String {
    let numbers = doubles
    func text(_ number: Double) -> String {
      if let integer = Int64(exactly: number), !elementType.isFloatingPoint { return "\(integer)" }
      return elementType == .float64 ? "\(number)" : "\(Float(number))"
    }
    guard numbers.count > 8, let least = numbers.min(), let most = numbers.max() else {
      return "[\(numbers.map(text).joined(separator: ", "))]"
    }
    return least == most ? "all \(text(least))" : "\(text(least)) ... \(text(most))"
  }
}
