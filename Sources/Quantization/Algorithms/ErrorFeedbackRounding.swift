/// Rounding of a dense layer's weights in which what one weight's rounding does to the output is made up for by the
/// weights that are rounded after it.
///
/// For an error e of a row of weights and inputs of covariance H, the output's variance of error is e H e'. With
/// H = L D L' (L with ones on its diagonal) it is the sum over k of D[k] * (e[k] + sum over j > k of e[j] L[j, k])^2. So
/// from the last weight to the first, each is rounded after the errors of those behind it were added, weighted by L:
/// only its own rounding error is left (the error feedback of GPTQ, in the form of LDLQ). Weights whose inputs vary most
/// are rounded first, while there are many left to make up for them.
package struct ErrorFeedbackRounding: Sendable {
  /// The weights in the order of rounding, the last one first.
  private let order: [Int]
  /// The rows of L in blocks of 16 numbers; of row k, the first k numbers count.
  private let factors: [SIMD16<Float>]
  private let width: Int
  /// Blocks in a row.
  private let stride: Int

  /// What is added to the diagonal, as a share of its mean: how far the covariance is trusted.
  static let damping: Float = 0.01

  /// Factors a covariance.
  ///
  /// - Returns: nil if it is not positive definite even with damping.
  package init?(_ covariance: InputCovariance) {
    let width = covariance.width
    let values = covariance.values
    let order = (0..<width).sorted { a, b in
      let (x, y) = (values[a * width + a], values[b * width + b])
      return x == y ? a < b : x < y
    }
    let trace = (0..<width).reduce(Float(0)) { $0 + values[$1 * width + $1] }
    let added = Self.damping * trace / Float(width) + 1e-6
    guard trace.isFinite else { return nil }
    // Cholesky row by row: R R' = H, each number from a product of two rows of what is there already; the rest is 0.
    let stride = (width + 15) / 16
    var root = [SIMD16<Float>](repeating: .zero, count: width * stride)
    var diagonal = [Float](repeating: 0, count: width)
    for i in 0..<width {
      for j in 0...i {
        let given = values[order[i] * width + order[j]] + (i == j ? added : 0)
        var sum = SIMD16<Float>.zero
        for block in 0...j / 16 { sum += root[i * stride + block] * root[j * stride + block] }
        let rest = given - sum.sum()
        if i == j {
          guard rest > 0 else { return nil }
          diagonal[i] = rest.squareRoot()
          root[i * stride + i / 16][i % 16] = diagonal[i]
        } else {
          root[i * stride + j / 16][j % 16] = rest / diagonal[j]
        }
      }
    }
    for i in 0..<width {
      for j in 0..<i { root[i * stride + j / 16][j % 16] /= diagonal[j] }
    }
    self.order = order
    factors = root
    self.width = width
    self.stride = stride
  }

  /// Rounds one row of weights.
  ///
  /// - Parameter weights: the weights in units of the scale, `width` of them.
  /// - Returns: integers of -127 ... 127.
  package func rounded(_ weights: [Float]) -> [Int8] {
    var wanted = [SIMD16<Float>](repeating: .zero, count: stride)
    for k in 0..<width { wanted[k / 16][k % 16] = weights[order[k]] }
    var integers = [Int8](repeating: 0, count: width)
    for k in (0..<width).reversed() {
      let level = wanted[k / 16][k % 16].rounded(.toNearestOrEven)
      let integer: Float = level > -127 ? (level < 127 ? level : 127) : -127
      integers[order[k]] = Int8(integer)
      let error = weights[order[k]] - integer
      for block in 0...k / 16 { wanted[block] += error * factors[k * stride + block] }
    }
    return integers
  }
}
