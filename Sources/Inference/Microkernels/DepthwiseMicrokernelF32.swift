internal import CMicrokernels

/// A microkernel of the float depthwise convolution.
struct DepthwiseMicrokernelF32: Hashable, Sendable {
  /// The row of the C table.
  let index: Int
  let name: String

  private static var table: UnsafeBufferPointer<mk_dwconv_f32_kernel> {
    var count = 0
    let start = unsafe mk_dwconv_f32_kernels(&count)
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// The fastest one that there is.
  static func best(_ set: InstructionSet) -> DepthwiseMicrokernelF32? {
    for tier in set.fallbacks.map(\.tier) {
      if let index = unsafe table.indices.last(where: { unsafe table[$0].isa == tier }) {
        return DepthwiseMicrokernelF32(index: index, name: unsafe String(cString: table[index].name))
      }
    }
    return nil
  }

  /// What one convolution works on.
  @unsafe struct Arguments {
    var geometry: WindowGeometry
    var channels: Int
    var input: UnsafePointer<Float>
    /// [taps][channels rounded up to 16].
    var weights: UnsafePointer<Float>
    var bias: UnsafePointer<Float>
    var output: UnsafeMutablePointer<Float>
    var lower: Float
    var upper: Float
  }

  /// Channels that start at a multiple of this can be computed by themselves.
  static let channelBlock = Int(MK_DWCONV_BLOCK)

  /// Computes some channels, which start at a multiple of `channelBlock` and end at one or with the last channel, of the
  /// output rows `rows`, flat over batch and height.
  func run(_ a: Arguments, rows: Range<Int>, channels: Range<Int>) {
    let first = channels.lowerBound
    var conv = unsafe mk_dwconv_f32(
      geometry: a.geometry.native, channels: channels.count, input: a.input + first, weights: a.weights + first,
      weights_stride: (a.channels + 15) / 16 * 16, bias: a.bias + first, output: a.output + first, lower: a.lower,
      upper: a.upper)
    unsafe Self.table[index].run(&conv, rows.lowerBound, rows.upperBound)
  }
}
