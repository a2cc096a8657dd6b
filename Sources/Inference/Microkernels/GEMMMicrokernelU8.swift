internal import CMicrokernels

/// A microkernel of the uint8 by int8 matrix product.
struct GEMMMicrokernelU8: Hashable, Sendable {
  /// The row of the C table.
  let index: Int
  let name: String
  /// Rows and columns of a tile.
  let mr: Int
  let nr: Int
  /// Rows of a tile that are computed at a time.
  let height: Int
  /// How it wants its panels laid out.
  let layout: Layout

  /// What an instruction set multiplies.
  enum Layout: Hashable, Sendable {
    /// Bytes, four products at a time.
    case bytes
    /// Bytes regrouped into pairs, whose products are added in 16 bits without saturating.
    case pairs
    /// Words of 16 bits.
    case words

    /// What a multiplication costs beside the tile's vectors, which `TileCost` counts, with `depth` products for a number.
    ///
    /// Pairs leave rests, the more the more columns share them; words need a third more operations, but nothing is
    /// regrouped. Fits measurements of 16 to 384 channels with AVX2, where words are faster below 27.
    func factor(nr: Int, depth: Int) -> Double {
      switch self {
      case .bytes: 1
      case .pairs: 1 + 1.2 * Double(nr) / Double(depth)
      case .words: 1.45 + 7.5 / Double(depth)
      }
    }
  }

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
            index: index, name: unsafe String(cString: entry.name), mr: unsafe entry.mr, nr: unsafe entry.nr,
            height: unsafe entry.height,
            layout: unsafe layout(entry.layout))
        }
      }
    }
    return []
  }

  private static func layout(_ native: mk_gemm_u8_layout) -> Layout {
    switch native {
    case MK_GEMM_U8_PAIRED: .pairs
    case MK_GEMM_U8_WORDS: .words
    default: .bytes
    }
  }

  /// The one that is fastest for a matrix of so many rows and columns, each number of which is a sum of `depth` products,
  /// at least 1.
  static func best(_ set: InstructionSet, rows: Int, columns: Int, depth: Int) -> GEMMMicrokernelU8? {
    let cost = TileCost(set)
    func total(_ kernel: GEMMMicrokernelU8) -> Double {
      cost.of(height: kernel.height, nr: kernel.nr, rows: rows, columns: columns)
        * kernel.layout.factor(nr: kernel.nr, depth: depth)
    }
    return candidates(set).min { total($0) < total($1) }
  }

  private var entry: UnsafePointer<mk_gemm_u8_kernel>? {
    unsafe Self.table.baseAddress.map { unsafe $0 + index }
  }

  /// The size of one packed panel in bytes.
  func panelByteCount(taps: Int, channels: Int) -> Int { unsafe mk_gemm_u8_panel_bytes(entry, taps, channels) }

  /// Packs one panel for this microkernel from int32 initial[nr] and int8 [taps][ceil(channels / 4)][nr][4].
  func pack(taps: Int, channels: Int, quads: UnsafeRawPointer, into panel: UnsafeMutableRawPointer) {
    unsafe mk_gemm_u8_pack(entry, taps, channels, quads, panel)
  }

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
    /// Whether no scaled sum can leave the range of int32; false if in doubt.
    var isBounded: Bool
    /// What is read next.
    var following = UpcomingWeights()
  }

  /// Whether no sum, whatever it is, leaves the range of int32 when it is scaled.
  ///
  /// - Parameters:
  ///   - scale: one factor a column.
  ///   - offset: one a column.
  ///   - residualScale: 0 if there is no residual.
  static func isBounded(scale: [Float], offset: [Float], residualScale: Float) -> Bool {
    unsafe mk_gemm_u8_is_bounded(min(scale.count, offset.count), scale, offset, residualScale) != 0
  }

  /// Computes output pixels `rows` for the panels `panels`.
  func run(_ a: Arguments, rows: Range<Int>, panels: Range<Int>) {
    var conv = unsafe mk_conv_u8(
      geometry: a.geometry.native, channels: a.channels, columns: a.columns, input: a.input, padding: a.padding,
      packed: a.packed, scale: a.scale, offset: a.offset, output: a.output, output_is_float: a.outputIsFloat ? 1 : 0,
      residual: a.residual, residual_stride: a.residualStride, residual_scale: a.residualScale, lower: a.lower,
      upper: a.upper, is_bounded: a.isBounded ? 1 : 0, following: a.following.start,
      following_bytes: a.following.byteCount)
    unsafe mk_conv_u8s8(entry, &conv, rows.lowerBound, rows.upperBound, panels.lowerBound, panels.upperBound)
  }
}
