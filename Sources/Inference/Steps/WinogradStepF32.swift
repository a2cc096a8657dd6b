/// A float convolution with 3x3 windows of stride 1 in Winograd's transformed domain, with what was fused into it.
///
/// A tile of outputs takes (tile + 2)^2 products a channel instead of 9 tile^2: 4 times fewer for tiles of 4x4, 2.25
/// times for 2x2.
struct WinogradStepF32: PlanStep {
  let nodes: [String]
  let operation: String
  let transforms: WinogradMicrokernelF32
  let product: GEMMMicrokernelF32
  let packed: AlignedBuffer
  let bias: AlignedBuffer
  let geometry: WindowGeometry
  let channels: Int
  let columns: Int
  let input: Location
  let output: Location
  let residual: Location?
  let lower: Float
  let upper: Float

  /// Bytes of transformed pixels and products that are held at a time.
  private static let scratchTarget = 1024 * 1024

  var kernel: String { transforms.name + ", " + product.name }
  var reads: [Location] { residual.map { [input, $0] } ?? [input] }
  var writes: [Location] { [output] }
  /// Those of the convolution that is replaced.
  var products: Double { geometry.products(channels: channels, columns: columns) }
  var workEstimate: Double { products / 6 }

  private var tileCount: Int { transforms.tileCount(geometry) }
  private var panels: Int { (columns + product.nr - 1) / product.nr }
  private var floatsOfTile: Int { transforms.positions * (channels + columns) }

  /// Tiles that are transformed together.
  private var blockSize: Int {
    let most = max(Self.scratchTarget / (floatsOfTile * 4), 1)
    let blocks = (tileCount + most - 1) / most
    return min(((tileCount + blocks - 1) / blocks + product.mr - 1) / product.mr * product.mr, tileCount)
  }

  var scratchByteCount: Int { blockSize * floatsOfTile * 4 + 2 * MemoryPlan.slack }

  /// Whether the parts of the work share the tiles out; very few tiles are transformed by all, each for some columns.
  private func dividesTiles(_ part: WorkPart) -> Bool {
    tileCount >= part.count * product.mr || panels < part.count
  }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let tiles = dividesTiles(part) ? part.range(of: tileCount, tile: product.mr) : 0..<tileCount
    let panelRange = dividesTiles(part) ? 0..<panels : part.range(of: panels)
    guard !tiles.isEmpty, !panelRange.isEmpty else { return }
    let first = panelRange.lowerBound * product.nr
    let end = min(panelRange.upperBound * product.nr, columns)
    let arguments = unsafe WinogradMicrokernelF32.Arguments(
      geometry: geometry, channels: channels, columns: end - first, input: context.pointer(input, Float.self),
      bias: bias.pointer(Float.self) + first,
      residual: residual.map { unsafe UnsafePointer(context.pointer($0, Float.self)) + first },
      residualStride: residual?.layout.pixelStride ?? 0, output: context.pointer(output, Float.self) + first,
      lower: lower, upper: upper)
    let transformed = unsafe context.scratchPointer(part: part.index).assumingMemoryBound(to: Float.self)
    let panelFloats = product.nr * (1 + channels)
    var begin = tiles.lowerBound
    while begin < tiles.upperBound {
      let count = min(blockSize, tiles.upperBound - begin)
      let block = begin..<begin + count
      let products = unsafe transformed + transforms.positions * count * channels + MemoryPlan.slack / 4
      unsafe transforms.transformInput(arguments, tiles: block, to: transformed)
      for position in 0..<transforms.positions {
        let matrix = unsafe GEMMMicrokernelF32.Arguments(
          geometry: .matrix(rows: count, inputStride: channels, outputStride: end - first), channels: channels,
          columns: end - first, input: UnsafePointer(transformed) + position * count * channels,
          padding: UnsafePointer(transformed),
          packed: UnsafePointer(packed.pointer(Float.self))
            + (position * panels + panelRange.lowerBound) * panelFloats,
          output: products + position * count * (end - first), residual: nil, residualStride: 0, lower: -.infinity,
          upper: .infinity)
        unsafe product.run(matrix, rows: 0..<count, panels: 0..<panelRange.count)
      }
      unsafe transforms.transformOutput(arguments, tiles: block, from: UnsafePointer(products))
      begin += count
    }
  }
}

extension WinogradStepF32 {
  /// Narrower convolutions spend more on the transforms than they save.
  private static let smallestWidth = 32
  /// The extents from which tiles of 4x4 pay: on smaller images they waste more at the borders, and their weights, four
  /// times those of the direct convolution, are read for too few tiles.
  private static let smallestExtentOfLargeTiles = 20
  /// The number of 2x2 tiles from which reading their weights, 1.8 times those of the direct convolution, pays.
  private static let smallestTileCount = 28

  /// The side of the tiles that suit a convolution; nil if it is better computed directly, or must be.
  static func tile(for geometry: WindowGeometry, channels: Int, columns: Int) -> Int? {
    guard geometry.kernelHeight == 3, geometry.kernelWidth == 3, geometry.strideHeight == 1, geometry.strideWidth == 1,
      geometry.dilationHeight == 1, geometry.dilationWidth == 1, channels >= smallestWidth, columns >= smallestWidth
    else { return nil }
    if min(geometry.outputHeight, geometry.outputWidth) >= smallestExtentOfLargeTiles { return 4 }
    let tiles = geometry.batch * ((geometry.outputHeight + 1) / 2) * ((geometry.outputWidth + 1) / 2)
    return tiles >= smallestTileCount ? 2 : nil
  }
}
