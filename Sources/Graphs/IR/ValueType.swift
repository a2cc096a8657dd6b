public import Tensors

/// The element type and the shape of a value; both are always known.
public struct ValueType: Sendable, Hashable {
  public var elementType: ElementType
  public var shape: Shape

  public init(_ elementType: ElementType, _ shape: Shape) {
    self.elementType = elementType
    self.shape = shape
  }
}

extension ValueType: CustomStringConvertible {
  /// For instance `float32[1, 3, 224, 224]`.
  public var description: String { "\(elementType.rawValue)\(shape)" }
}

/// What an operator may know of one of its inputs before it runs.
public struct Operand: Sendable {
  public let type: ValueType
  /// The elements if they are known ahead, as weights and shapes are.
  public let constant: Tensor?

  public init(type: ValueType, constant: Tensor? = nil) {
    self.type = type
    self.constant = constant
  }
}
