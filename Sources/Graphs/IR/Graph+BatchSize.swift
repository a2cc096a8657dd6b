import Tensors

extension Graph {
  /// The same graph for another number of samples at once: the first extent of every input.
  ///
  /// Shapes that the model fixes for its own batch size (`Reshape` by a constant) are changed along.
  /// - Throws: `GraphError.invalidInput` if inputs have no common batch size, or the graph joins, splits or fixes the
  ///   batch in a way that another size does not fit.
  public func settingBatchSize(_ size: Int) throws(GraphError) -> Graph {
    guard size >= 1 else {
      throw GraphError(.invalidInput, "a batch size of \(size) is not possible; it must be 1 or more")
    }
    var old: Int?
    for input in inputs {
      guard let shape = type(of: input)?.shape, shape.rank >= 1, old ?? shape[0] == shape[0], shape[0] >= 1 else {
        throw cannotRebatch("the input “\(self[input].name)” has no batch axis, or not the others' batch size")
      }
      old = shape[0]
    }
    guard let old else { throw cannotRebatch("it has no inputs") }
    guard old != size else { return self }
    var graph = self
    let samples = samplesByValue()
    graph.mendReshapes(from: old, to: size, samples)
    for input in inputs {
      graph[input].type = try type(of: input).map { type throws(GraphError) in try type.batch(size) }
    }
    try graph.inferTypes()
    for (index, value) in values.enumerated() where samples.contains(ValueID(index)) {
      guard let before = value.type?.shape, let after = graph.values[index].type?.shape,
        let scaled = checkedProduct(before.elementCount, size), checkedProduct(after.elementCount, old) == scaled
      else { throw cannotRebatch("“\(value.name)” does not grow with the batch") }
    }
    for output in outputs where samples.contains(output) {
      let expected = try type(of: output).map { type throws(GraphError) in try type.batch(size) }
      guard graph.type(of: output) == expected else {
        throw cannotRebatch("the output “\(self[output].name)” is not one row a sample")
      }
    }
    return graph
  }

  /// The values that are computed from the inputs' elements, and not only from their shapes.
  private func samplesByValue() -> Set<ValueID> {
    var samples = Set(inputs)
    for node in nodes where !(node.op is ShapeOf) {
      if node.inputs.contains(where: { $0.map(samples.contains) ?? false }) {
        samples.formUnion(node.outputs.compactMap(\.self))
      }
    }
    return samples
  }

  private mutating func mendReshapes(from old: Int, to size: Int, _ samples: Set<ValueID>) {
    for index in nodes.indices {
      let node = nodes[index]
      guard var op = node.op as? Reshape, let data = node.inputs.first ?? nil, samples.contains(data),
        type(of: data)?.shape.dimensions.first == old
      else { continue }
      if let shape = op.shape, shape.first == old {
        op.shape = [size] + shape.dropFirst()
        nodes[index].op = op
      } else if node.inputs.count > 1, let id = node.inputs[1], let shape = constant(id)?.integers,
        shape.first == Int64(old)
      {
        let mended = Tensor(vector: [Int64(size)] + shape.dropFirst())
        nodes[index].inputs[1] = addConstant("\(self[id].name)/batch_\(size)", mended)
      }
    }
  }

  private func cannotRebatch(_ reason: String) -> GraphError {
    GraphError(.invalidInput, "the batch size of “\(name)” cannot be changed: \(reason)")
  }
}

extension ValueType {
  /// The same type with another first extent.
  fileprivate func batch(_ size: Int) throws(GraphError) -> ValueType {
    guard shape.rank > 0 else { return self }
    return ValueType(elementType, try Shape(inferred: [size] + shape.dimensions.dropFirst()))
  }
}
