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
    let source = unsafe context.pointer(input, UInt8.self)
    let target = unsafe context.pointer(output, UInt8.self)
    let shift: UInt8 = isSigned ? 0x80 : 0
    for image in part.range(of: layout.batch) {
      let (planes, pixels) = (image * channels * plane, image * plane * stride)
      for first in Swift.stride(from: 0, to: plane, by: Self.tile) {
        let last = min(first + Self.tile, plane)
        for channel in 0..<stride {
          for pixel in first..<last {
            unsafe target[pixels + pixel * stride + channel] =
              channel < channels ? source[planes + channel * plane + pixel] ^ shift : 0
          }
        }
      }
    }
  }
}
