import Glibc
public import Tensors

/// exp(x) divided by its sum along an axis: ONNX `Softmax`.
///
/// Floating point.
public struct Softmax: Operator {
  public static let name = "Softmax"

  /// May count from the end.
  public var axis: Int
  /// Whether all axes from `axis` on are normalized together, as opsets before 13 do, and not `axis` alone.
  public var flattens: Bool

  public init(axis: Int = -1, flattens: Bool = false) {
    self.axis = axis
    self.flattens = flattens
  }

  public init(_ attributes: inout AttributeReader) throws(GraphError) {
    let read = try SoftmaxAxis(&attributes)
    (axis, flattens) = (read.axis, read.flattens)
  }

  public var attributes: [String: AttributeValue] { scope.attributes }

  private var scope: SoftmaxAxis { SoftmaxAxis(axis: axis, flattens: flattens) }

  public func inferTypes(_ inputs: [Operand?], outputCount: Int) throws(GraphError) -> [ValueType] {
    try requireOutputs(outputCount)
    return [try scope.inferType(inputs)]
  }

  public func evaluate(_ inputs: [Tensor?], outputCount: Int) throws(GraphError) -> [Tensor] {
    _ = try outputType(inputs)
    let result = try scope.map(try inputs.required(0)) { x in
      let largest = x.reduce(-.infinity, max)
      let powers = x.map { exp($0 - largest) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }
    return [result]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    outputs.first.flatMap { checkedProduct(5, $0.shape.elementCount) }
  }
}
