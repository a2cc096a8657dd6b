/// An immutable array of numbers with a shape, in row-major order.
///
/// A tensor is a value; copies share their elements.
public struct Tensor: Sendable, Hashable {
  public let shape: Shape
  /// Exactly `shape.elementCount` elements.
  public let elements: TensorElements

  /// Makes a tensor of elements in row-major order.
  ///
  /// - Throws: `TensorError.wrongElementCount` if the shape needs another number of elements.
  public init(shape: Shape, elements: TensorElements) throws(TensorError) {
    guard elements.count == shape.elementCount else {
      throw TensorError(
        .wrongElementCount, "the shape \(shape) needs \(shape.elementCount) elements, but there are \(elements.count)")
    }
    self.shape = shape
    self.elements = elements
  }

  /// Makes a tensor of Swift numbers in row-major order.
  ///
  /// - Throws: `TensorError.wrongElementCount` if the shape needs another number of elements.
  public init<Element: TensorElement>(shape: Shape, _ elements: [Element]) throws(TensorError) {
    try self.init(shape: shape, elements: Element.wrap(elements))
  }

  /// A tensor of one dimension.
  public init<Element: TensorElement>(vector elements: [Element]) {
    shape = Shape(vector: elements.count)
    self.elements = Element.wrap(elements)
  }

  /// A tensor of rank 0.
  public init<Element: TensorElement>(scalar element: Element) {
    shape = .scalar
    elements = Element.wrap([element])
  }

  public var elementType: ElementType { elements.elementType }
  public var elementCount: Int { shape.elementCount }
  /// The size of the elements in bytes.
  public var byteCount: Int { elementCount * elementType.byteCount }

  /// The elements in row-major order.
  ///
  /// - Throws: `TensorError.wrongElementType` if the tensor holds another type.
  public func array<Element: TensorElement>(of type: Element.Type) throws(TensorError) -> [Element] {
    guard let array = Element.unwrap(elements) else {
      throw TensorError(
        .wrongElementType, "the tensor holds \(elementType.rawValue), not \(Element.elementType.rawValue)")
    }
    return array
  }

  /// The same elements under another shape.
  ///
  /// - Throws: `TensorError.wrongElementCount` if the element counts differ.
  public func reshaped(to shape: Shape) throws(TensorError) -> Tensor {
    try Tensor(shape: shape, elements: elements)
  }
}
