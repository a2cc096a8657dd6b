import Tensors

/// An operator with one input that maps each element on its own.
protocol ElementwiseUnary: Operator {
  /// Whether signed integers are allowed besides floating point.
  static var takesIntegers: Bool { get }
  /// Arithmetic operations an element; nil if not counted.
  static var operationsPerElement: Int? { get }

  /// The result for a floating-point element, computed in 64 bits.
  func callAsFunction(_ x: Double) -> Double
  /// The result for an integer element.
  func callAsFunction(_ x: Int64) -> Int64
}

extension ElementwiseUnary {
  static var takesIntegers: Bool { false }
  static var operationsPerElement: Int? { nil }
  func callAsFunction(_ x: Int64) -> Int64 { x }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(1...1)
    try requireOutputs(outputCount)
    let type = try inputs.required(0, "input").type
    if !Self.takesIntegers || !type.elementType.isInteger { try type.requireFloatingPoint() }
    return [type]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let x = try inputs.required(0)
    guard type.elementType.isInteger else {
      return [try Tensor(computed: type, doubles: x.doubles.map { self($0) })]
    }
    guard let integers = x.integers else { return [x] }
    return [try Tensor(computed: type.shape, integers.map { self($0) }).converted(to: type.elementType)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard let perElement = Self.operationsPerElement, let output = outputs.first else { return nil }
    return checkedProduct(perElement, output.shape.elementCount)
  }
}
