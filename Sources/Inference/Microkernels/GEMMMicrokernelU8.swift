internal import CMicrokernels

/// A microkernel of the uint8 by int8 matrix product.
struct GEMMMicrokernelU8: Hashable, Sendable {
  /// The row of the C table.
  let index: Int
  let name: String
  /// Rows and columns of a tile.
  let mr: Int
  let nr: Int

  private static var table: UnsafeBufferPointer<mk_gemm_u8_kernel> {
    var count = 0
    let start = unsafe mk_gemm_u8_kernels(&count)
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// All microkernels of the best instruction set that has any.
  static func candidates(_ set: InstructionSet) -> [GEMMMicrokernelU8] {
    for tier in set.fallbacks.map(\.tier) {
      let found = unsafe table.indices.filter { unsafe table[$0].isa == tier }
      if !found.isEmpty {
        return found.map { index in
          let entry = unsafe table[index]
          return GEMMMicrokernelU8(
            index: index, name: unsafe String(cString: entry.name), mr: unsafe entry.mr, nr: unsafe entry.nr)
        }
      }
    }
    return []
  }

  /// The one that is fastest for a matrix of so many rows and columns, by `TileCost`.
  static func best(_ set: InstructionSet, rows: Int, columns: Int) -> GEMMMicrokernelU8? {
    candidates(set).min {
      TileCost.of(mr: $0.mr, nr: $0.nr, rows: rows, columns: columns)
        < TileCost.of(mr: $1.mr, nr: $1.nr, rows: rows, columns: columns)
    }
  }

  /// The size of one packed panel in bytes.
  func panelByteCount(taps: Int, channels: Int) -> Int { mk_gemm_u8_panel_bytes(nr, taps, channels) }

  /// What one convolution works on.
  @unsafe struct Arguments {
    var geometry: WindowGeometry
    var channels: Int
    var columns: Int
    var input: UnsafePointer<UInt8>
    var padding: UnsafePointer<UInt8>
    var packed: UnsafeRawPointer
    var scale: UnsafePointer<Float>
    var offset: UnsafePointer<Float>
    var output: UnsafeMutableRawPointer
    var outputIsFloat: Bool
    var residual: UnsafePointer<UInt8>?
    var residualStride: Int
    var residualScale: Float
    var lower: Float
    var upper: Float
  }

  /// Computes output pixels `rows` for the panels `panels`.
  func run(_ a: Arguments, rows: Range<Int>, panels: Range<Int>) {
    let kernel = unsafe Self.table.baseAddress.map { unsafe $0 + index }
    var conv = unsafe mk_conv_u8(
      geometry: a.geometry.native, channels: a.channels, columns: a.columns, input: a.input, padding: a.padding,
      packed: a.packed, scale: a.scale, offset: a.offset, output: a.output, output_is_float: a.outputIsFloat ? 1 : 0,
      residual: a.residual, residual_stride: a.residualStride, residual_scale: a.residualScale, lower: a.lower,
      upper: a.upper)
    unsafe mk_conv_u8s8(kernel, &conv, rows.lowerBound, rows.upperBound, panels.lowerBound, panels.upperBound)
  }
}
