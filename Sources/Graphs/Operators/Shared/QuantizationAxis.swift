import Tensors

/// How scales and zero points spread over a tensor: one for all, or one for each index along an axis.
struct QuantizationAxis {
  /// Number of scales.
  let count: Int
  /// Number of neighbouring elements that share a scale.
  let inner: Int

  /// - Throws: `GraphError` where the scale is not a scalar or as long as the axis, or the zero point is unlike it.
  init(input: ValueType, scale: ValueType, zeroPoint: ValueType?, axis: Int) throws(GraphError) {
    if let zeroPoint, zeroPoint.shape.dimensions != scale.shape.dimensions {
      guard zeroPoint.shape.elementCount == 1, scale.shape.elementCount == 1 else {
        throw GraphError(.invalidInput, "the zero point \(zeroPoint.shape) must have the scale's shape \(scale.shape)")
      }
    }
    guard scale.shape.rank <= 1 else {
      throw GraphError(.invalidInput, "the scale \(scale.shape) must be a scalar or a vector; blocks are not supported")
    }
    if scale.shape.rank == 0 || (scale.shape.elementCount == 1 && input.shape.rank == 0) {
      (count, inner) = (1, 1)
      return
    }
    // A vector of one scale stands for all elements, whatever the axis.
    if scale.shape.elementCount == 1 {
      (count, inner) = (1, 1)
      return
    }
    let axis = try input.shape.axis(axis)
    guard scale.shape[0] == input.shape[axis] else {
      throw GraphError(.invalidInput, "\(scale.shape[0]) scales do not fit axis \(axis) of \(input.shape)")
    }
    count = scale.shape[0]
    inner = input.shape.count((axis + 1)...)
  }

  /// Which scale belongs to an element.
  func callAsFunction(_ index: Int) -> Int { count == 1 ? 0 : index / inner % count }
}
