internal import CMicrokernels

/// A microkernel of the float matrix product.
struct GEMMMicrokernelF32: Hashable, Sendable {
  /// The row of the C table.
  let index: Int
  let name: String
  /// Rows and columns of a tile.
  let mr: Int
  let nr: Int
  /// Rows of a tile that are computed at a time.
  let height: Int

  private static var table: UnsafeBufferPointer<mk_gemm_f32_kernel> {
    var count = 0
    let start = unsafe mk_gemm_f32_kernels(&count)
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// All microkernels of the best instruction set that has any.
  static func candidates(_ set: InstructionSet) -> [GEMMMicrokernelF32] {
    for tier in set.fallbacks.map(\.tier) {
      let found = unsafe table.indices.filter { unsafe table[$0].isa == tier }
      if !found.isEmpty {
        return found.map { index in
          let entry = unsafe table[index]
          return GEMMMicrokernelF32(
            index: index, name: unsafe String(cString: entry.name), mr: unsafe entry.mr, nr: unsafe entry.nr,
            height: unsafe entry.height)
        }
      }
    }
    return []
  }

  /// The one that is fastest for a matrix of so many rows and columns, by `TileCost`.
  static func best(_ set: InstructionSet, rows: Int, columns: Int) -> GEMMMicrokernelF32? {
    let cost = TileCost(set)
    func total(_ kernel: GEMMMicrokernelF32) -> Double {
      cost.of(height: kernel.height, nr: kernel.nr, rows: rows, columns: columns)
    }
    return candidates(set).min { total($0) < total($1) }
  }

  /// What one convolution works on.
  @unsafe struct Arguments {
    var geometry: WindowGeometry
    var channels: Int
    var columns: Int
    var input: UnsafePointer<Float>
    var padding: UnsafePointer<Float>
    var packed: UnsafePointer<Float>
    var output: UnsafeMutablePointer<Float>
    var residual: UnsafePointer<Float>?
    var residualStride: Int
    var lower: Float
    var upper: Float
  }

  /// Computes output pixels `rows` for the panels `panels`.
  func run(_ a: Arguments, rows: Range<Int>, panels: Range<Int>) {
    let kernel = unsafe Self.table.baseAddress.map { unsafe $0 + index }
    var conv = unsafe mk_conv_f32(
      geometry: a.geometry.native, channels: a.channels, columns: a.columns, input: a.input, padding: a.padding,
      packed: a.packed, output: a.output, residual: a.residual, residual_stride: a.residualStride, lower: a.lower,
      upper: a.upper)
    unsafe mk_conv_f32_run(kernel, &conv, rows.lowerBound, rows.upperBound, panels.lowerBound, panels.upperBound)
  }
}
