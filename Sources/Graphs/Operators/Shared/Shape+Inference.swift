import Tensors

extension Shape {
  /// A shape that an operator computes.
  ///
  /// - Throws: `GraphError.invalidInput` for a negative extent or too many elements.
  init(inferred dimensions: [Int]) throws(GraphError) {
    do { try self.init(dimensions) } catch { throw GraphError(error) }
  }

  /// An axis that may count from the end, as a number from 0 to rank - 1.
  ///
  /// - Throws: `GraphError.invalidAttribute` if there is no such axis.
  func axis(_ axis: Int) throws(GraphError) -> Int { try Self.axis(axis, rank: rank) }

  /// An axis that may count from the end, as a number from 0 to rank - 1.
  ///
  /// - Throws: `GraphError.invalidAttribute` if there is no such axis.
  static func axis(_ axis: Int, rank: Int) throws(GraphError) -> Int {
    guard axis >= -rank, axis < rank else {
      throw GraphError(.invalidAttribute, "axis \(axis) does not exist among \(rank) dimensions")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Axes that may count from the end, as numbers from 0 to rank - 1.
  ///
  /// - Throws: `GraphError.invalidAttribute` if one does not exist or stands twice.
  static func axes(_ axes: [Int], rank: Int) throws(GraphError) -> [Int] {
    var result: [Int] = []
    var seen: Set<Int> = []
    for axis in axes {
      let axis = try Self.axis(axis, rank: rank)
      guard seen.insert(axis).inserted else { throw GraphError(.invalidAttribute, "axis \(axis) stands twice") }
      result.append(axis)
    }
    return result
  }

  /// The number of elements of a part of the axes; 1 for none.
  func count(_ axes: some RangeExpression<Int>) -> Int {
    dimensions[axes.relative(to: dimensions)].contains(0) ? 0 : dimensions[axes].reduce(1, *)
  }

  /// The shape that shapes are stretched to by NumPy's rule of broadcasting: aligned at the last axis, extents of 1
  /// repeat.
  ///
  /// - Throws: `GraphError.invalidInput` if extents differ and none is 1.
  static func broadcast(_ shapes: [Shape]) throws(GraphError) -> Shape {
    let rank = shapes.map(\.rank).max() ?? 0
    var result = [Int](repeating: 1, count: rank)
    for shape in shapes {
      for (axis, extent) in shape.dimensions.enumerated() where extent != 1 {
        let target = axis + rank - shape.rank
        guard result[target] == 1 || result[target] == extent else {
          throw GraphError(
            .invalidInput, "the shapes \(shapes.map(\.description).joined(separator: " and ")) cannot be broadcast")
        }
        result[target] = extent
      }
    }
    return try Shape(inferred: result)
  }
}

/// The product of factors; nil if it does not fit.
func checkedProduct(_ factors: Int...) -> Int? {
  var product = 1
  for factor in factors {
    let (next, overflow) = product.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    product = next
  }
  return product
}
