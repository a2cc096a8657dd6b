/// How long matrix products take with tiles of a shape, in multiples of a vector operation's time per step.
///
/// A step of a tile multiplies mr * nr / 16 vectors; beside them stand, less and less hidden, loading the vectors of
/// weights, the rows, and what a tile costs by itself. The factors fit measurements of the layers of MobileNetV2 and
/// ResNet-50 on AVX-512: of shapes that waste nothing, 14x32 is the fastest.
enum TileCost {
  static func of(mr: Int, nr: Int, rows: Int, columns: Int) -> Double {
    let tiles = ((columns + nr - 1) / nr) * ((rows + mr - 1) / mr)
    let vectors = Double(nr) / 16
    let height = Double(min(mr, max(rows, 1)))
    return Double(tiles) * (height * vectors + 0.1 * height + 1.5 * vectors + 2)
  }
}
