/// The extents of a tensor, outermost first; a scalar has none.
///
/// Every extent is at least 0, and the number of elements is at most 2^48, so that sizes in bytes never overflow.
public struct Shape: Sendable, Hashable {
  /// The largest number of elements that a shape may have.
  public static let maximumElementCount = 1 << 48

  public let dimensions: [Int]
  /// The product of the dimensions; 1 for a scalar.
  public let elementCount: Int

  /// The shape of a single number.
  public static let scalar = Shape(unchecked: [], elementCount: 1)

  /// Makes a shape of extents that may come from outside.
  ///
  /// - Throws: `TensorError.invalidShape` for a negative extent or more than `maximumElementCount` elements.
  public init(_ dimensions: [Int]) throws(TensorError) {
    var count = 1
    for dimension in dimensions where dimension != 0 {
      guard dimension > 0 else {
        throw TensorError(.invalidShape, "a shape cannot have the negative extent \(dimension)")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow, product <= Self.maximumElementCount else {
        throw TensorError(.invalidShape, "the shape \(Self.text(dimensions)) has too many elements")
      }
      count = product
    }
    self.init(unchecked: dimensions, elementCount: dimensions.contains(0) ? 0 : count)
  }

  private init(unchecked dimensions: [Int], elementCount: Int) {
    self.dimensions = dimensions
    self.elementCount = elementCount
  }

  /// A shape of one dimension, cut to the permitted range.
  public init(vector count: Int) {
    let extent = min(max(count, 0), Self.maximumElementCount)
    self.init(unchecked: [extent], elementCount: extent)
  }

  /// The number of dimensions.
  public var rank: Int { dimensions.count }

  public subscript(axis: Int) -> Int { dimensions[axis] }

  /// For each axis, by how many elements its neighbour is apart in row-major order.
  public var rowMajorStrides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * max(dimensions[axis + 1], 1)
    }
    return strides
  }

  private static func text(_ dimensions: [Int]) -> String {
    "[" + dimensions.map(String.init).joined(separator: ", ") + "]"
  }
}

extension Shape: CustomStringConvertible {
  /// The extents in brackets, as `[1, 3, 224, 224]`.
  public var description: String { Self.text(dimensions) }
}
