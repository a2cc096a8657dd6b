import Graphs
import Tensors

extension ONNXImporter {
  /// Operators with as many outputs as the node lists; an unread one counts all the same.
  private static let variadicOutputs: Set<String> = ["Split"]

  /// Adds the nodes of a file, which are in order.
  ///
  /// - Throws: `ModelFormatError`; `unsupportedOperator` names every operator that is missing.
  mutating func addNodes(_ nodes: [ONNXNodeProto], outputs: [String]) throws(ModelFormatError) {
    var read = Set(outputs)
    for node in nodes { read.formUnion(node.input) }
    let hasQuantizedOperators = nodes.contains { QuantizedOperatorCatalog.type(of: $0) != nil }
    var missing = MissingOperators()
    for (index, node) in nodes.enumerated() {
      let name = node.displayName(index)
      if let type = QuantizedOperatorCatalog.type(of: node) {
        let attributes = try attributes(of: node, name)
        try type.add(QuantizedNode(proto: node, name: name, attributes: attributes), to: &self)
        continue
      }
      guard ONNXHeader.isDefaultDomain(node.domain) else {
        missing.add("\(node.domain).\(node.opType)", node: name)
        continue
      }
      if node.opType == "Constant" {
        try addConstant(node, name)
        continue
      }
      guard let op = try op(of: node, name, &missing) else { continue }
      if hasQuantizedOperators, try addRearranging(node, name, op) { continue }
      try add(node, name, op, read: read)
    }
    if let error = missing.error(what: "operator", place: "node", context: "of opset \(header.opset) ") { throw error }
  }

  private func op(
    of node: ONNXNodeProto, _ name: String, _ missing: inout MissingOperators
  ) throws(ModelFormatError) -> (any Operator)? {
    guard OperatorCatalog.all.contains(where: { $0.name == node.opType }) else {
      missing.add(node.opType, node: name)
      return nil
    }
    let attributes = try attributes(of: node, name)
    do {
      return try OperatorCatalog.make(node.opType, node: name, opset: header.opset, attributes: attributes)
    } catch { throw ModelFormatError(error) }
  }

  private func attributes(
    of node: ONNXNodeProto, _ name: String
  ) throws(ModelFormatError) -> [String: AttributeValue] {
    var attributes: [String: AttributeValue] = [:]
    for attribute in node.attribute {
      let value = try attribute.value(node: name, reader: reader)
      guard attributes.updateValue(value, forKey: attribute.name) == nil else {
        throw ModelFormatError(
          .invalidModel, "node “\(name)” has the attribute \(attribute.name) twice", context: name)
      }
    }
    return attributes
  }

  private mutating func add(
    _ node: ONNXNodeProto, _ name: String, _ op: any Operator, read: Set<String>
  ) throws(ModelFormatError) {
    // Names missing here belong to operators that are missing, which is reported when all nodes were seen.
    let inputs = node.input.map { $0.isEmpty ? nil : values[$0] }
    var names = node.output.map { read.contains($0) ? $0 : "" }
    if !Self.variadicOutputs.contains(node.opType) {
      while names.count > 1, names.last == "" { names.removeLast() }
    }
    var outputs: [ValueID?] = []
    for output in names {
      guard !output.isEmpty else {
        outputs.append(nil)
        continue
      }
      let id = graph.addValue(output)
      try define(output, id)
      outputs.append(id)
    }
    graph.nodes.append(Node(name: name, op: op, inputs: inputs, outputs: outputs))
  }

  private mutating func addConstant(_ node: ONNXNodeProto, _ name: String) throws(ModelFormatError) {
    guard node.output.count == 1, let output = node.output.first, !output.isEmpty else {
      throw ModelFormatError(.invalidModel, "the constant “\(name)” must have one output", context: name)
    }
    let attributes = try attributes(of: node, name)
    guard attributes.count == 1, let (key, value) = attributes.first else {
      throw ModelFormatError(.invalidModel, "the constant “\(name)” must have one value", context: name)
    }
    let tensor: Tensor =
      switch (key, value) {
      case ("value", .tensor(let tensor)): tensor
      case ("value_float", .float(let number)): Tensor(scalar: number)
      case ("value_int", .integer(let number)): Tensor(scalar: number)
      case ("value_floats", .floats(let numbers)): Tensor(vector: numbers)
      case ("value_ints", .integers(let numbers)): Tensor(vector: numbers)
      default:
        throw ModelFormatError(
          .unsupportedFeature, "the constant “\(name)” has a \(key), which is not supported", context: name)
      }
    try define(output, graph.addConstant(output, tensor))
  }
}
