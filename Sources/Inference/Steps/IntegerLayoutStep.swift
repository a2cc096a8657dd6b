internal import Tensors

/// Bytes from planes (row-major [N, C, H, W] or [N, C]) to pixels (channels last); int8 ones are shifted by 128.
struct IntegerLayoutStep: PlanStep {
  let nodes: [String]
  let input: Location
  let output: Location
  /// Whether the bytes are int8.
  let isSigned: Bool

  var operation: String { "Reorder" }
  var kernel: String { "planes_to_pixels_bytes" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }

  /// Pixels that are written together, so that their lines stay in the first cache.
  private static let tile = 32

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let layout = output.layout
    let (plane, channels, stride) = (layout.height * layout.width, layout.channels, layout.pixelStride)
    let source = unsafe UnsafePointer(context.pointer(input, UInt8.self))
    let target = unsafe context.pointer(output, UInt8.self)
    for image in part.range(of: layout.batch) {
      let planes = unsafe source + image * channels * plane
      let pixels = unsafe target + image * plane * stride
      for first in Swift.stride(from: 0, to: plane, by: Self.tile) {
        let tile = first..<min(first + Self.tile, plane)
        let whole = stride.isMultiple(of: 4) ? channels / 4 : 0
        for group in 0..<whole { unsafe writeFour(planes + group * 4 * plane, plane, tile, pixels, stride, group) }
        for channel in whole * 4..<stride {
          let isPadding = channel >= channels
          for pixel in tile {
            unsafe pixels[pixel * stride + channel] = isPadding ? 0 : planes[channel * plane + pixel] ^ shift
          }
        }
      }
    }
  }

  private var shift: UInt8 { isSigned ? 0x80 : 0 }

  /// Four neighbouring channels of a tile of pixels, a word at a time.
  @inline(__always)
  private func writeFour(
    _ planes: UnsafePointer<UInt8>, _ plane: Int, _ tile: Range<Int>, _ pixels: UnsafeMutablePointer<UInt8>,
    _ stride: Int, _ group: Int
  ) {
    let words = UnsafeMutableRawPointer(pixels)
    let flip = UInt32(shift) &* 0x0101_0101
    for pixel in tile {
      let (a, b) = unsafe (UInt32(planes[pixel]), UInt32(planes[plane + pixel]))
      let (c, d) = unsafe (UInt32(planes[2 * plane + pixel]), UInt32(planes[3 * plane + pixel]))
      let word = (a | b << 8 | c << 16 | d << 24) ^ flip
      unsafe words.storeBytes(of: word.littleEndian, toByteOffset: pixel * stride + group * 4, as: UInt32.self)
    }
  }
}
