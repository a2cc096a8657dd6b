internal import CMicrokernels

/// A microkernel of the uint8 by int8 depthwise convolution.
struct DepthwiseMicrokernelU8: Hashable, Sendable {
  /// The row of the C table.
  let index: Int
  let name: String

  private static var table: UnsafeBufferPointer<mk_dwconv_u8_kernel> {
    var count = 0
    let start = unsafe mk_dwconv_u8_kernels(&count)
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// The fastest one that fits a window.
  static func best(_ set: InstructionSet, _ geometry: WindowGeometry) -> DepthwiseMicrokernelU8? {
    func fits(_ wanted: Int, _ found: Int) -> Bool { wanted == 0 || wanted == found }
    for tier in set.fallbacks.map(\.tier) {
      let index = unsafe table.indices.last { index in
        let entry = unsafe table[index]
        guard unsafe entry.isa == tier else { return false }
        let special = unsafe entry.kernel_height != 0 || entry.stride != 0
        if special, geometry.dilationHeight != 1 || geometry.dilationWidth != 1 { return false }
        return unsafe fits(entry.kernel_height, geometry.kernelHeight)
          && fits(entry.kernel_width, geometry.kernelWidth)
          && fits(entry.stride, geometry.strideHeight) && fits(entry.stride, geometry.strideWidth)
      }
      if let index {
        return DepthwiseMicrokernelU8(index: index, name: unsafe String(cString: table[index].name))
      }
    }
    return nil
  }

  private var entry: UnsafePointer<mk_dwconv_u8_kernel>? {
    unsafe Self.table.baseAddress.map { unsafe $0 + index }
  }

  /// Scratch bytes that one thread needs.
  static func scratchByteCount(_ geometry: WindowGeometry, channels: Int) -> Int {
    var native = geometry.native
    return unsafe mk_dwconv_u8_scratch_bytes(&native, channels)
  }

  /// Channels that start at a multiple of this can be computed by themselves.
  static let channelBlock = Int(MK_DWCONV_BLOCK)

  /// What a microkernel multiplies by and adds.
  struct Constants {
    let packed: AlignedBuffer
    /// Whether no scaled sum can leave the range of int32.
    let isBounded: Bool
  }

  /// Weights [taps][channels], with initial accumulators, scales and offsets a channel, in this microkernel's order.
  func pack(taps: Int, channels: Int, weights: [Int8], initial: [Int32], scale: [Float], offset: [Float])
    throws(InferenceError) -> Constants
  {
    let packed = try AlignedBuffer(byteCount: unsafe mk_dwconv_u8_packed_bytes(entry, taps, channels))
    unsafe mk_dwconv_u8_pack(entry, taps, channels, weights, initial, scale, offset, packed.base)
    return Constants(
      packed: packed, isBounded: unsafe mk_dwconv_u8_is_bounded(taps, channels, initial, scale, offset) != 0)
  }

  /// What one convolution works on.
  @unsafe struct Arguments {
    var geometry: WindowGeometry
    var channels: Int
    var input: UnsafePointer<UInt8>
    var zeroPoint: UInt8
    var constants: Constants
    var output: UnsafeMutablePointer<UInt8>
    var lower: Float
    var upper: Float
    var scratch: UnsafeMutableRawPointer
  }

  /// Computes some channels, which start at a multiple of `channelBlock` and end at one or with the last channel, of the
  /// output rows `rows`, flat over batch and height.
  func run(_ a: Arguments, rows: Range<Int>, channels: Range<Int>) {
    let first = channels.lowerBound
    let packed = unsafe a.constants.packed.base + mk_dwconv_u8_packed_bytes(entry, a.geometry.taps, first)
    var conv = unsafe mk_dwconv_u8(
      geometry: a.geometry.native, channels: channels.count, input: a.input + first, zero_point: a.zeroPoint,
      packed: packed, output: a.output + first, lower: a.lower, upper: a.upper,
      is_bounded: a.constants.isBounded ? 1 : 0, scratch: a.scratch)
    unsafe Self.table[index].run(&conv, rows.lowerBound, rows.upperBound)
  }
}
