import Tensors

extension Graph {
  /// Sets the types of all values that nodes compute, from the inputs' and constants' types.
  ///
  /// Shapes that depend on elements are found where these are known: computations on small constants and on shapes are
  /// evaluated on the way.
  /// - Throws: `GraphError` naming the node whose inputs do not fit or are not computed before it.
  public mutating func inferTypes() throws(GraphError) { _ = try inferTypesAndConstants() }

  /// Sets the types, and gives the elements of computed values that were found on the way.
  mutating func inferTypesAndConstants() throws(GraphError) -> [ValueID: Tensor] {
    for index in values.indices {
      let id = ValueID(index)
      if let constant = self[id].constant { self[id].type = ValueType(constant.elementType, constant.shape) }
    }
    var available = Set(inputs)
    var known: [ValueID: Tensor] = [:]
    for node in nodes {
      do throws(GraphError) {
        let operands = try operands(of: node, available, known)
        let types = try node.op.inferTypes(operands, outputCount: node.outputs.count)
        guard types.count >= node.outputs.count else {
          throw GraphError(.invalidInput, "has \(node.outputs.count) outputs, but computes \(types.count)")
        }
        for (output, type) in zip(node.outputs, types) {
          guard let output else { continue }
          try check(output)
          self[output].type = type
          available.insert(output)
        }
        for (output, tensor) in zip(node.outputs, Self.evaluateAhead(node, operands, types)) {
          if let output { known[output] = tensor }
        }
      } catch { throw error.at(node: node.name, operatorName: node.operatorName) }
    }
    return known
  }

  /// Checks that an ID belongs to this graph.
  ///
  /// - Throws: `GraphError.invalidGraph` if it does not.
  func check(_ id: ValueID) throws(GraphError) {
    guard values.indices.contains(id.index) else {
      throw GraphError(.invalidGraph, "value \(id.index) does not exist among \(values.count)")
    }
  }

  private func operands(
    of node: Node, _ available: Set<ValueID>, _ known: [ValueID: Tensor]
  ) throws(GraphError) -> [Operand?] {
    var operands: [Operand?] = []
    for input in node.inputs {
      guard let input else {
        operands.append(nil)
        continue
      }
      operands.append(try operand(input, available, known))
    }
    return operands
  }

  private func operand(
    _ id: ValueID, _ available: Set<ValueID>, _ known: [ValueID: Tensor]
  ) throws(GraphError) -> Operand {
    try check(id)
    let value = self[id]
    guard let type = value.type, value.constant != nil || available.contains(id) else {
      throw GraphError(.invalidGraph, "reads “\(value.name)”, which nothing before it computes")
    }
    return Operand(type: type, constant: value.constant ?? known[id])
  }

  /// Above this number of elements, nothing is evaluated during inference.
  private static let smallElementCount = 4096

  private static func evaluateAhead(_ node: Node, _ operands: [Operand?], _ types: [ValueType]) -> [Tensor] {
    if let shape = node.op as? ShapeOf, let input = operands.optional(0) {
      return [Tensor(vector: shape.extents(of: input.type.shape))]
    }
    // That a number is stored quantized must not be lost on those who fold what is known.
    guard !(node.op is DequantizeLinear) else { return [] }
    var count = 0
    for type in types + operands.compactMap({ $0?.type }) where count <= smallElementCount {
      count += type.shape.elementCount
    }
    guard count <= smallElementCount, operands.allSatisfy({ $0 == nil || $0?.constant != nil }) else { return [] }
    // What cannot be evaluated stays unknown; it is reported if it runs.
    return (try? node.op.evaluate(operands.map { $0?.constant }, outputCount: node.outputs.count)) ?? []
  }
}
