import Tensors

extension Operand {
  /// What is known of a tensor that is at hand.
  init(_ tensor: Tensor) { self.init(type: ValueType(tensor.elementType, tensor.shape), constant: tensor) }
}

extension Array where Element == Operand? {
  /// Checks the number of inputs.
  ///
  /// - Throws: `GraphError.invalidInput`.
  func require(_ counts: ClosedRange<Int>) throws(GraphError) {
    guard counts.contains(count) else {
      let wanted = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
      throw GraphError(.invalidInput, "takes \(wanted) inputs, but has \(count)")
    }
  }

  /// An input that must be there.
  ///
  /// The types of the input and the weights of a convolution, floats of one kind, as its bias is if there is one.
  func inputAndWeights() throws(GraphError) -> (input: ValueType, weights: ValueType) {
    try require(2...3)
    let x = try required(0, "input").type
    let w = try required(1, "weights").type
    try x.requireFloatingPoint()
    for (what, type) in [("weights", w), ("bias", optional(2)?.type ?? w)] where type.elementType != x.elementType {
      throw GraphError(
        .invalidInput, "the input is \(x.elementType.rawValue), but the \(what) \(type.elementType.rawValue)")
    }
    return (x, w)
  }

  /// - Throws: `GraphError.invalidInput` naming it.
  func required(_ slot: Int, _ what: String) throws(GraphError) -> Operand {
    guard let operand = optional(slot) else { throw GraphError(.invalidInput, "lacks its input \(slot), the \(what)") }
    return operand
  }

  /// An input that may be left out.
  func optional(_ slot: Int) -> Operand? { slot < count ? self[slot] : nil }

  /// The inputs of an operator of which none may be left out.
  ///
  /// - Throws: `GraphError.invalidInput`.
  func all() throws(GraphError) -> [Operand] {
    var operands: [Operand] = []
    for slot in indices { operands.append(try required(slot, "operand")) }
    guard !operands.isEmpty else { throw GraphError(.invalidInput, "has no inputs") }
    return operands
  }
}

extension Array where Element == Tensor? {
  /// An input that must be there.
  ///
  /// - Throws: `GraphError.invalidInput`.
  func required(_ slot: Int) throws(GraphError) -> Tensor {
    guard let tensor = optional(slot) else { throw GraphError(.invalidInput, "lacks its input \(slot)") }
    return tensor
  }

  /// An input that may be left out.
  func optional(_ slot: Int) -> Tensor? { slot < count ? self[slot] : nil }
}

extension Operator {
  /// The largest number of elements that a reference evaluation makes of one output.
  static var largestEvaluation: Int { 1 << 28 }

  /// The types of the outputs of an evaluation, inferred from the tensors at hand.
  ///
  /// - Throws: `GraphError.invalidInput` where the inputs do not fit or an output would have too many elements.
  func outputTypes(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [ValueType] {
    let types = try inferTypes(inputs.map { $0.map { Operand($0) } }, outputCount: outputCount)
    for type in types where type.shape.elementCount > Self.largestEvaluation {
      throw GraphError(.invalidInput, "the result \(type) has too many elements to be evaluated")
    }
    return types
  }

  /// The type of the only output of an evaluation.
  ///
  /// - Throws: `GraphError.invalidInput` as `outputTypes`.
  func outputType(_ inputs: [Tensor?]) throws(GraphError) -> ValueType {
    guard let type = try outputTypes(inputs, outputCount: 1).first else {
      throw GraphError(.invalidInput, "has no output")
    }
    return type
  }

  /// Checks the number of outputs.
  ///
  /// - Throws: `GraphError.invalidInput`.
  func requireOutputs(_ count: Int, atMost most: Int = 1) throws(GraphError) {
    guard (1...most).contains(count) else {
      throw GraphError(.invalidInput, "has \(count) outputs, but only \(most) \(most == 1 ? "is" : "are") supported")
    }
  }
}

extension ValueType {
  /// Checks that elements are floating-point numbers.
  ///
  /// - Throws: `GraphError.invalidInput`.
  func requireFloatingPoint(_ what: String = "input") throws(GraphError) {
    guard elementType.isFloatingPoint else { throw unsupportedType(what) }
  }

  /// Checks that elements are numbers, not Booleans.
  ///
  /// - Throws: `GraphError.invalidInput`.
  func requireNumbers(_ what: String = "input") throws(GraphError) {
    guard elementType != .bool else { throw unsupportedType(what) }
  }

  /// The error about an element type that an operator does not take.
  func unsupportedType(_ what: String = "input") -> GraphError {
    GraphError(.invalidInput, "does not take \(elementType.rawValue) elements as its \(what)")
  }
}
