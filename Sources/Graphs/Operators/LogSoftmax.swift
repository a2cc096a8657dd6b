import Glibc
public import Tensors

/// The logarithm of the softmax along an axis: ONNX `LogSoftmax`.
///
/// Floating point.
public struct LogSoftmax: Operator {
  public static let name = "LogSoftmax"

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
      let sum = log(x.reduce(0) { $0 + exp($1 - largest) })
      return x.map { $0 - largest - sum }
    }
    return [result]
  }

  public func operationCount(inputs: [ValueType?], outputs: [ValueType]) -> Int? {
    outputs.first.flatMap { checkedProduct(5, $0.shape.elementCount) }
  }
}
