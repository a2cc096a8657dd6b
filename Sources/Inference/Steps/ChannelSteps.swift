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
  var workEstimate: Int { input.layout.byteCount }
  var scratchByteCount: Int { input.layout.channels * 8 + 64 }

  /// Pixels that are summed at once, so that a sum of bytes stays within 32 bits.
  private static let block = 1 << 16

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let layout = input.layout
    let plane = layout.height * layout.width
    let channels = layout.channels
    let functions = vectors.functions
    let scratch = unsafe context.scratchPointer(part: part.index)
    for image in part.range(of: layout.batch) {
      guard let inputParameters else {
        let means = unsafe context.pointer(output, Float.self) + image * output.layout.pixelStride
        unsafe functions.mean_pixels_f32(
          plane, channels, layout.pixelStride,
          context.pointer(input, Float.self) + image * plane * layout.pixelStride, means)
        continue
      }
      let sums = unsafe scratch.assumingMemoryBound(to: UInt32.self)
      let source = unsafe context.pointer(input, UInt8.self) + image * plane * layout.pixelStride
      var totals = [Int](repeating: 0, count: plane > Self.block ? channels : 0)
      var first = 0
      while first < plane {
        let count = min(Self.block, plane - first)
        unsafe functions.sum_pixels_u8(count, channels, layout.pixelStride, source + first * layout.pixelStride, sums)
        for channel in totals.indices { totals[channel] += Int(unsafe sums[channel]) }
        first += count
      }
      for channel in 0..<channels {
        let sum = totals.isEmpty ? Double(unsafe sums[channel]) : Double(totals[channel])
        let mean = (sum / Double(plane) - Double(inputParameters.zeroPoint)) * Double(inputParameters.scale)
        let at = image * output.layout.pixelStride + channel
        if let outputParameters {
          unsafe context.pointer(output, UInt8.self)[at] = UInt8(outputParameters.quantized(Float(mean)))
        } else {
          unsafe context.pointer(output, Float.self)[at] = Float(mean)
        }
      }
    }
  }
}

/// Tensors side by side along the channels.
struct ConcatStep: PlanStep {
  /// One input, with how its quantized elements change.
  struct Part {
    let input: Location
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
  var workEstimate: Int { output.layout.byteCount }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let width = output.layout.elementType.byteCount
    let target = unsafe UnsafeMutableRawPointer(context.pointer(output, UInt8.self))
    let functions = vectors.functions
    let pixels = part.range(of: output.layout.pixels)
    var offset = 0
    for entry in parts {
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
      offset += layout.channels
    }
  }
}
