/// How long matrix products take with tiles of a shape, in multiples of a vector operation's time per step.
///
/// A step multiplies height * nr / 16 vectors; beside them stand, more or less hidden, loading the rows and the
/// vectors of weights, and what a tile costs by itself, or the rows of one that are computed at a time.
struct TileCost {
  private let row: Double
  private let vector: Double
  private let tile: Double

  /// The factors for an instruction set. Those of AVX-512 fit measurements of the layers of MobileNetV2 and ResNet-50:
  /// of shapes that waste nothing, 14x32 is the fastest. With fewer registers, every row that is loaded weighs.
  init(_ set: InstructionSet) {
    (row, vector, tile) = set == .avx512vnni ? (0.1, 1.5, 2) : (0.5, 1, 0)
  }

  func of(height: Int, nr: Int, rows: Int, columns: Int) -> Double {
    let vectors = Double(nr) / 16
    let rest = rows % height
    let last = rest == 0 ? 0 : ofTile(height: Self.height(ofLast: rest, height: height), vectors: vectors)
    let panels = (columns + nr - 1) / nr
    return Double(panels) * (Double(rows / height) * ofTile(height: height, vectors: vectors) + last)
  }

  private func ofTile(height: Int, vectors: Double) -> Double {
    let height = Double(height)
    return height * vectors + row * height + vector * vectors + tile
  }

  /// Rows that microkernels compute for a tile that has fewer: they are made for one, for half of a tile, and for all.
  private static func height(ofLast rows: Int, height: Int) -> Int {
    rows == 1 ? 1 : rows <= (height + 1) / 2 ? (height + 1) / 2 : height
  }
}
