internal import CMicrokernels
internal import Tensors

/// The mean over all pixels of each image: GlobalAveragePool, or ReduceMean over height and width.
struct GlobalAverageStep: PlanStep {
  let nodes: [String]
  let operation: String
  let vectors: VectorMicrokernels
  let input: Location
  /// The input's parameters if it is quantized.
  let inputParameters: TensorQuantization?
  /// The output's parameters if it is quantized, else it holds floats.
  let outputParameters: TensorQuantization?
  let output: Location

  var kernel: String { inputParameters == nil ? "mean_pixels_f32" : "sum_pixels_u8" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(input.layout.byteCount) }
  var scratchByteCount: Int { inputParameters == nil ? 0 : Self.tile * 16 }

  /// Channels that are summed at once.
  private static let tile = 128
  /// Pixels that are summed at once, so that a sum of bytes stays within 32 bits.
  private static let block = 1 << 16

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let layout = input.layout
    let plane = layout.height * layout.width
    let scratch = unsafe context.scratchPointer(part: part.index)
    let source = unsafe UnsafeRawPointer(context.pointer(input, UInt8.self))
    let target = unsafe UnsafeMutableRawPointer(context.pointer(output, UInt8.self))
    let functions = vectors.functions
    part.forEachImage(layout.batch, channels: layout.channels, tile: Self.tile) { image, share in
      let (from, to) = (image * plane * layout.pixelStride, image * output.layout.pixelStride)
      if let inputParameters {
        for first in stride(from: share.lowerBound, to: share.upperBound, by: Self.tile) {
          let channels = first..<min(first + Self.tile, share.upperBound)
          let sums = unsafe sumBytes(source + from + first, channels: channels.count, pixels: plane, scratch: scratch)
          let means = unsafe (scratch + Self.tile * 12).assumingMemoryBound(to: Float.self)
          unsafe functions.means_of_sums(
            channels.count, sums, Double(plane), inputParameters.scale, inputParameters.zeroPoint, means)
          unsafe store(means, channels.count, to: target, at: to + first)
        }
      } else {
        unsafe functions.mean_pixels_f32(
          plane, share.count, layout.pixelStride, source.assumingMemoryBound(to: Float.self) + from + share.lowerBound,
          target.assumingMemoryBound(to: Float.self) + to + share.lowerBound)
      }
    }
  }

  private func sumBytes(
    _ source: UnsafeRawPointer, channels: Int, pixels: Int, scratch: UnsafeMutableRawPointer
  ) -> UnsafeMutablePointer<Double> {
    let totals = unsafe scratch.assumingMemoryBound(to: Double.self)
    let sums = unsafe (scratch + Self.tile * 8).assumingMemoryBound(to: UInt32.self)
    unsafe totals.update(repeating: 0, count: channels)
    let stride = input.layout.pixelStride
    for first in Swift.stride(from: 0, to: pixels, by: Self.block) {
      let pixel = unsafe (source + first * stride).assumingMemoryBound(to: UInt8.self)
      unsafe vectors.functions.sum_pixels_u8(min(Self.block, pixels - first), channels, stride, pixel, sums)
      for channel in 0..<channels { unsafe totals[channel] += Double(sums[channel]) }
    }
    return unsafe totals
  }

  private func store(
    _ means: UnsafePointer<Float>, _ count: Int, to target: UnsafeMutableRawPointer, at index: Int
  ) {
    if let outputParameters {
      unsafe vectors.functions.quantize_u8(
        count, means, outputParameters.scale, outputParameters.zeroPoint,
        target.assumingMemoryBound(to: UInt8.self) + index)
    } else {
      unsafe (target.assumingMemoryBound(to: Float.self) + index).update(from: means, count: count)
    }
  }
}

/// Tensors side by side along the channels; those that were computed in their place already are left out.
struct ConcatStep: PlanStep {
  /// One input, with how its quantized elements change.
  struct Part {
    let input: Location
    /// The channel of the output that its first one becomes.
    let firstChannel: Int
    /// y = round(x * scale + offset); nil copies.
    let rescale: (scale: Float, offset: Float)?
  }

  let nodes: [String]
  let vectors: VectorMicrokernels
  let parts: [Part]
  let output: Location

  var operation: String { "Concat" }
  var kernel: String { "copy_channels" }
  var reads: [Location] { parts.map(\.input) }
  var writes: [Location] { [output] }
  var workEstimate: Double { parts.reduce(0) { $0 + Double($1.input.layout.byteCount) } }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let width = output.layout.elementType.byteCount
    let target = unsafe UnsafeMutableRawPointer(context.pointer(output, UInt8.self))
    let functions = vectors.functions
    let pixels = part.range(of: output.layout.pixels)
    for entry in parts {
      let offset = entry.firstChannel
      let layout = entry.input.layout
      let source = unsafe UnsafeRawPointer(context.pointer(entry.input, UInt8.self))
      for pixel in pixels {
        let from = unsafe source + pixel * layout.pixelStride * width
        let to = unsafe target + (pixel * output.layout.pixelStride + offset) * width
        if let (scale, shift) = entry.rescale {
          unsafe functions.rescale_u8(
            layout.channels, from.assumingMemoryBound(to: UInt8.self), scale, shift, 0, 255,
            to.assumingMemoryBound(to: UInt8.self))
        } else {
          unsafe to.copyMemory(from: from, byteCount: layout.channels * width)
        }
      }
    }
  }
}
