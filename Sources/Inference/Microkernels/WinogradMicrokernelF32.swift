internal import CMicrokernels

/// The transforms around a Winograd convolution with 3x3 windows of stride 1.
struct WinogradMicrokernelF32: Hashable, Sendable {
  /// The row of the C table.
  let index: Int
  let name: String
  /// The side of a tile of outputs.
  let tile: Int

  private static var table: UnsafeBufferPointer<mk_winograd_f32_kernel> {
    var count = 0
    let start = unsafe mk_winograd_f32_kernels(&count)
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// The transforms for tiles of a side.
  static func best(_ set: InstructionSet, tile: Int) -> WinogradMicrokernelF32? {
    for tier in set.fallbacks.map(\.tier) {
      let found = unsafe table.indices.first { unsafe table[$0].isa == tier && table[$0].tile == tile }
      if let found {
        return WinogradMicrokernelF32(index: found, name: unsafe String(cString: table[found].name), tile: tile)
      }
    }
    return nil
  }

  /// Numbers of a transformed tile.
  var positions: Int { (tile + 2) * (tile + 2) }

  /// Tiles over a whole batch.
  func tileCount(_ geometry: WindowGeometry) -> Int {
    geometry.batch * ((geometry.outputHeight + tile - 1) / tile) * ((geometry.outputWidth + tile - 1) / tile)
  }

  /// Weights [columns][channels][3][3], transformed and packed for a product microkernel.
  func pack(_ weights: [Float], for product: GEMMMicrokernelF32, channels: Int, columns: Int) throws(InferenceError)
    -> AlignedBuffer
  {
    let floats = mk_winograd_f32_packed_floats(tile, product.nr, channels, columns)
    let packed = try AlignedBuffer(byteCount: floats * 4)
    unsafe mk_winograd_f32_pack(tile, product.nr, channels, columns, weights, packed.pointer(Float.self))
    return packed
  }

  /// What one convolution works on.
  @unsafe struct Arguments {
    var geometry: WindowGeometry
    var channels: Int
    var columns: Int
    var input: UnsafePointer<Float>
    var bias: UnsafePointer<Float>
    var residual: UnsafePointer<Float>?
    var residualStride: Int
    var output: UnsafeMutablePointer<Float>
    var lower: Float
    var upper: Float

    fileprivate var native: mk_winograd_f32 {
      unsafe mk_winograd_f32(
        geometry: geometry.native, channels: channels, columns: columns, input: input, bias: bias, residual: residual,
        residual_stride: residualStride, output: output, lower: lower, upper: upper)
    }
  }

  /// Transforms the pixels under some tiles to [position][tile][channel].
  func transformInput(_ a: Arguments, tiles: Range<Int>, to v: UnsafeMutablePointer<Float>) {
    var conv = unsafe a.native
    unsafe Self.table[index].transform_input(&conv, tiles.lowerBound, tiles.upperBound, v)
  }

  /// Transforms products [position][tile][column] to output pixels.
  func transformOutput(_ a: Arguments, tiles: Range<Int>, from m: UnsafePointer<Float>) {
    var conv = unsafe a.native
    unsafe Self.table[index].transform_output(&conv, tiles.lowerBound, tiles.upperBound, m)
  }
}
