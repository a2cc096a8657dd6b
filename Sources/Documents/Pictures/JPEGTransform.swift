/// The forward cosine transform of ITU-T T.81, A.3.3, in 64-bit integers.
enum JPEGTransform {
  /// cos(k π/16) / 2 in 1/4096 for k from 0 to 8; the first is cos(π/4) / 2, as the constant term has it.
  private static let cosines = [1448, 2009, 1892, 1703, 1448, 1138, 784, 400, 0]

  private static let matrix: [Int] = (0..<64).map { index in
    let (frequency, position) = (index / 8, index % 8)
    if frequency == 0 { return cosines[0] }
    let angle = (2 * position + 1) * frequency % 32
    let folded = angle > 16 ? 32 - angle : angle
    return folded > 8 ? -cosines[16 - folded] : cosines[folded]
  }

  /// The coefficients of an 8x8 block divided by their steps, rounded to the nearest, in zigzag order.
  static func quantized(_ block: [Int], steps: [Int]) -> [Int] {
    var rows = [Int](repeating: 0, count: 64)
    for y in 0..<8 {
      for u in 0..<8 {
        var sum = 0
        for x in 0..<8 { sum += block[y * 8 + x] * matrix[u * 8 + x] }
        rows[y * 8 + u] = sum
      }
    }
    return JPEGTables.zigzag.enumerated().map { place, index in
      let (v, u) = (index / 8, index % 8)
      var sum = 0
      for y in 0..<8 { sum += rows[y * 8 + u] * matrix[v * 8 + y] }
      let step = steps[place] << 24
      return (sum + (sum < 0 ? -step : step) / 2) / step
    }
  }
}
