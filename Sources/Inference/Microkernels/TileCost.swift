/// How long matrix products take with tiles of a shape, in multiples of a vector operation's time per step.
///
/// A step of a tile multiplies mr * nr / 16 vectors; beside them stand, more or less hidden, loading the rows and the
/// vectors of weights, and what a tile costs by itself.
struct TileCost {
  private let row: Double
  private let vector: Double
  private let tile: Double

  /// The factors for an instruction set. Those of AVX-512 fit measurements of the layers of MobileNetV2 and ResNet-50:
  /// of shapes that waste nothing, 14x32 is the fastest. With fewer registers, every row that is loaded weighs.
  init(_ set: InstructionSet) {
    (row, vector, tile) = set == .avx512vnni ? (0.1, 1.5, 2) : (0.5, 1, 0)
  }

  func of(mr: Int, nr: Int, rows: Int, columns: Int) -> Double {
    let tiles = ((columns + nr - 1) / nr) * ((rows + mr - 1) / mr)
    let vectors = Double(nr) / 16
    let height = Double(min(mr, max(rows, 1)))
    return Double(tiles) * (height * vectors + row * height + vector * vectors + tile)
  }
}
