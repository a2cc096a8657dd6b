package import Tensors

extension Tensor {
  /// What tells this tensor from an expected one; nil if types and shapes are equal and each element x of the expected
  /// one is met within `absolute + relative * |x|`.
  ///
  /// NaN meets NaN, and integers and Booleans are compared like numbers.
  package func difference(from expected: Tensor, relative: Double = 0, absolute: Double = 0) -> String? {
    guard elementType == expected.elementType, shape == expected.shape else {
      return "is \(elementType)\(shape), not \(expected.elementType)\(expected.shape)"
    }
    var count = 0
    var worst = (index: 0, found: 0.0, wanted: 0.0, distance: -1.0)
    for (index, (found, wanted)) in zip(doubles, expected.doubles).enumerated() {
      if found == wanted || (found.isNaN && wanted.isNaN) { continue }
      let distance = abs(found - wanted)
      if distance <= absolute + relative * abs(wanted), distance.isFinite { continue }
      count += 1
      if !(distance <= worst.distance) { worst = (index, found, wanted, distance) }
    }
    guard count > 0 else { return nil }
    return "\(count) of \(elementCount) elements differ, as \(worst.found) from \(worst.wanted) at \(worst.index)"
  }
}
