import Tensors

/// A function of two numbers of one type, applied to tensors element by element with broadcasting.
protocol BinaryFunction {
  static func combine<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number
  /// Integer arithmetic wraps around.
  ///
  /// - Throws: `GraphError.invalidInput` where there is no result.
  static func combine<Number: FixedWidthInteger>(_ a: Number, _ b: Number) throws(GraphError) -> Number
}

extension BinaryFunction {
  /// Both tensors stretched to a shape and combined.
  ///
  /// - Throws: `GraphError.invalidInput` for element types that differ or are Booleans.
  static func combine(_ a: Tensor, _ b: Tensor, shape: Shape) throws(GraphError) -> Tensor {
    let (a, b) = (try a.broadcast(to: shape), try b.broadcast(to: shape))
    switch (a.elements, b.elements) {
    case (.float32(let a), .float32(let b)): return try Tensor(computed: shape, zip(a, b).map { combine($0, $1) })
    case (.float64(let a), .float64(let b)): return try Tensor(computed: shape, zip(a, b).map { combine($0, $1) })
    case (.float16(let a), .float16(let b)): return try Tensor(computed: shape, zip(a, b).map { combine($0, $1) })
    case (.int8(let a), .int8(let b)): return try integers(a, b, shape)
    case (.uint8(let a), .uint8(let b)): return try integers(a, b, shape)
    case (.int16(let a), .int16(let b)): return try integers(a, b, shape)
    case (.uint16(let a), .uint16(let b)): return try integers(a, b, shape)
    case (.int32(let a), .int32(let b)): return try integers(a, b, shape)
    case (.uint32(let a), .uint32(let b)): return try integers(a, b, shape)
    case (.int64(let a), .int64(let b)): return try integers(a, b, shape)
    case (.uint64(let a), .uint64(let b)): return try integers(a, b, shape)
    default:
      throw GraphError(.invalidInput, "cannot combine \(a.elementType.rawValue) with \(b.elementType.rawValue)")
    }
  }

  private static func integers<Number: FixedWidthInteger & TensorElement>(
    _ a: [Number], _ b: [Number], _ shape: Shape
  ) throws(GraphError) -> Tensor {
    var result: [Number] = []
    result.reserveCapacity(a.count)
    for (a, b) in zip(a, b) { result.append(try combine(a, b)) }
    return try Tensor(computed: shape, result)
  }
}

/// An operator with two inputs of one type that are broadcast and combined element by element.
protocol ElementwiseBinary: Operator, BinaryFunction {
  init()
}

extension ElementwiseBinary {
  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    self.init()
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try inputs.require(2...2)
    try requireOutputs(outputCount)
    return [try commonType(of: inputs.all())]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    let result = try Self.combine(try inputs.required(0), try inputs.required(1), shape: type.shape)
    let activation = (self as? any ActivationFusing)?.activation ?? .identity
    return [activation(result)]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard let output = outputs.first else { return nil }
    let activation = (self as? any ActivationFusing)?.activation ?? .identity
    return checkedProduct(1 + activation.operationsPerElement, output.shape.elementCount)
  }
}

/// An operator with one or more inputs of one type that are broadcast and combined element by element.
protocol ElementwiseVariadic: Operator, BinaryFunction {
  /// Whether integers are allowed besides floating point.
  static var takesIntegers: Bool { get }

  init()
}

extension ElementwiseVariadic {
  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    self.init()
    try attributes.finish()
  }

  public var attributes: [String: AttributeValue] { [:] }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount)
    let type = try commonType(of: inputs.all())
    if !Self.takesIntegers { try type.requireFloatingPoint() }
    return [type]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    let type = try outputType(inputs)
    var result = try inputs.required(0).broadcast(to: type.shape)
    for slot in inputs.indices.dropFirst() {
      result = try Self.combine(result, try inputs.required(slot), shape: type.shape)
    }
    return [result]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    guard let output = outputs.first else { return nil }
    return checkedProduct(inputs.count - 1, output.shape.elementCount)
  }
}

extension Operator {
  /// The element type that operands share and the shape that they are broadcast to.
  ///
  /// - Throws: `GraphError.invalidInput` if types differ, are Booleans, or shapes do not fit.
  func commonType(of operands: [Operand]) throws(GraphError) -> ValueType {
    guard let first = operands.first?.type else { throw GraphError(.invalidInput, "has no inputs") }
    try first.requireNumbers()
    for operand in operands where operand.type.elementType != first.elementType {
      throw GraphError(
        .invalidInput,
        "cannot combine \(first.elementType.rawValue) with \(operand.type.elementType.rawValue); cast one of them")
    }
    return ValueType(first.elementType, try Shape.broadcast(operands.map(\.type.shape)))
  }
}

extension Activation {
  /// Arithmetic operations an element by the DL Workbench's counting.
  var operationsPerElement: Int { self == .identity ? 0 : 2 }
}
