import Tensors

/// Where the elements of two matrices lie that are multiplied.
struct MatrixLayout {
  var rows, columns, depth: Int
  /// Distances of neighbours along rows and depth in the first matrix, and where it begins.
  var aStrides: (row: Int, depth: Int)
  /// Distances of neighbours along depth and columns in the second matrix, and where it begins.
  var bStrides: (depth: Int, column: Int)
  var aStart = 0
  var bStart = 0
}

/// The product of two floating-point matrices, summed in 64 bits, row-major.
///
/// - Throws: `GraphError.invalidInput` for types that differ or are not floating point.
func matrixProduct(_ a: Tensor, _ b: Tensor, _ layout: MatrixLayout) throws(GraphError) -> [Double] {
  switch (a.elements, b.elements) {
  case (.float32(let a), .float32(let b)): return product(a, b, layout) { Double($0) * Double($1) }
  case (.float64(let a), .float64(let b)): return product(a, b, layout) { $0 * $1 }
  case (.float16(let a), .float16(let b)): return product(a, b, layout) { Double($0) * Double($1) }
  default: throw GraphError(.invalidInput, "multiplies matrices of one floating-point type only")
  }
}

/// The product of two matrices of 64-bit integers, row-major; wraps around.
func matrixProduct(_ a: [Int64], _ b: [Int64], _ layout: MatrixLayout) -> [Int64] {
  product(a, b, layout) { $0 &* $1 }
}

private func product<Element, Sum: AdditiveArithmetic>(
  _ a: [Element], _ b: [Element], _ layout: MatrixLayout, _ multiply: (Element, Element) -> Sum
) -> [Sum] {
  var result: [Sum] = []
  guard layout.columns > 0 else { return [] }
  result.reserveCapacity(layout.rows * layout.columns)
  for row in 0..<layout.rows {
    // Both orders read the second matrix along its rows in memory.
    if layout.bStrides.column == 1 {
      var sums = [Sum](repeating: .zero, count: layout.columns)
      for depth in 0..<layout.depth {
        let left = a[layout.aStart + row * layout.aStrides.row + depth * layout.aStrides.depth]
        let start = layout.bStart + depth * layout.bStrides.depth
        for column in 0..<layout.columns { sums[column] += multiply(left, b[start + column]) }
      }
      result += sums
    } else {
      for column in 0..<layout.columns {
        var sum = Sum.zero
        for depth in 0..<layout.depth {
          sum += multiply(
            a[layout.aStart + row * layout.aStrides.row + depth * layout.aStrides.depth],
            b[layout.bStart + depth * layout.bStrides.depth + column * layout.bStrides.column])
        }
        result.append(sum)
      }
    }
  }
  return result
}
