/// Brings the nodes of an ONNX file in an order in which they can be computed.
struct ONNXNodeOrder {
  /// The names of values that are there before any node.
  let known: Set<String>

  init(known: some Sequence<String>) { self.known = Set(known) }

  /// The nodes sorted; nodes that are in order already stay as they are.
  ///
  /// - Throws: `ModelFormatError.invalidModel` for a value that nothing computes, or a circle.
  func sorted(
    _ nodes: [ONNXNodeProto], notes: inout [String]
  ) throws(ModelFormatError) -> [ONNXNodeProto] {
    var producers: [String: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.output where !output.isEmpty {
        guard producers.updateValue(index, forKey: output) == nil, !known.contains(output) else {
          throw ModelFormatError(.invalidModel, "the value “\(output)” is defined twice", context: output)
        }
      }
    }
    var readers: [[Int]] = Array(repeating: [], count: nodes.count)
    var missing = [Int](repeating: 0, count: nodes.count)
    var isSorted = true
    for (index, node) in nodes.enumerated() {
      for input in node.input where !input.isEmpty && !known.contains(input) {
        guard let producer = producers[input] else {
          throw ModelFormatError(
            .invalidModel, "node “\(node.displayName(index))” reads “\(input)”, which nothing computes",
            remedy: "export the model again", context: node.displayName(index))
        }
        if producer >= index { isSorted = false }
        readers[producer].append(index)
        missing[index] += 1
      }
    }
    if isSorted { return nodes }
    var order = nodes.indices.filter { missing[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next]] {
        missing[reader] -= 1
        if missing[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    guard order.count == nodes.count else {
      let name = nodes.indices.first { missing[$0] > 0 }.map { nodes[$0].displayName($0) } ?? ""
      throw ModelFormatError(
        .invalidModel, "node “\(name)” waits for its own result: the nodes form a circle",
        remedy: "export the model again", context: name)
    }
    notes.append("the nodes were not in the order of computation and were sorted")
    return order.map { nodes[$0] }
  }
}

extension ONNXNodeProto {
  /// The node's name, else its first output's, else its operator with its place in the file.
  func displayName(_ index: Int) -> String {
    if !name.isEmpty { return name }
    return output.first { !$0.isEmpty } ?? "\(opType) \(index + 1)"
  }
}
