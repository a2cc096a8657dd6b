internal import CMicrokernels
internal import Tensors

/// A step that scales and clamps each channel of each pixel, and can do so with some pixels that lie anywhere.
protocol ChannelScaling: PlanStep {
  var input: Location { get }
  var output: Location { get }

  /// Computes `pixels` output pixels, which lie side by side as those of the step's own locations do.
  @unsafe func run(pixels: Int, input: UnsafeRawPointer, output: UnsafeMutableRawPointer)
}

/// A pointwise convolution of a tensor whose channels are scaled just before, some pixels at a time, so that the scaled
/// ones stay in a cache near the processor.
///
/// Every element is computed by the same microkernels as by the two steps, so results are the same bit for bit.
struct ScaledStripStep: PlanStep {
  let scaling: any ChannelScaling
  let convolution: any PointwiseStage
  /// Pixels that are computed at a time.
  let pixelCount: Int

  /// Bytes of the scaled pixels that are held.
  private static let scratchTarget = 32 * 1024
  /// Tiles of the microkernels have 14 rows or fewer, which divide this or nearly so.
  private static let smallestPixelCount = 42

  init(scaling: any ChannelScaling, convolution: any PointwiseStage) {
    self.scaling = scaling
    self.convolution = convolution
    let pixelByteCount = max(scaling.output.pixelByteCount, 1)
    pixelCount = max(Self.scratchTarget / pixelByteCount / Self.smallestPixelCount, 1) * Self.smallestPixelCount
  }

  var nodes: [String] { scaling.nodes + convolution.nodes }
  var operation: String { "\(scaling.operation)+\(convolution.operation)" }
  var kernel: String { convolution.kernel }
  var reads: [Location] { scaling.reads + (convolution.residual.map { [$0] } ?? []) }
  var writes: [Location] { convolution.writes }
  var products: Double { convolution.products }
  var workEstimate: Double { scaling.workEstimate + convolution.workEstimate }
  var scratchByteCount: Int { pixelCount * scaling.output.pixelByteCount + MemoryPlan.slack }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let scratch = unsafe context.scratchPointer(part: part.index)
    let input = unsafe UnsafeRawPointer(context.pointer(scaling.input, UInt8.self))
    let output = unsafe UnsafeMutableRawPointer(context.pointer(convolution.output, UInt8.self))
    let residual = unsafe convolution.residual.map { unsafe UnsafeRawPointer(context.pointer($0, UInt8.self)) }
    let residualByteCount = convolution.residual?.pixelByteCount ?? 0
    let (inputByteCount, outputByteCount) = (scaling.input.pixelByteCount, convolution.output.pixelByteCount)
    let pixels = part.range(of: convolution.output.layout.pixels, tile: Self.smallestPixelCount / 3)
    var first = pixels.lowerBound
    while first < pixels.upperBound {
      let count = min(pixelCount, pixels.upperBound - first)
      unsafe scaling.run(pixels: count, input: input + first * inputByteCount, output: scratch)
      unsafe convolution.run(
        pixels: count, input: scratch, output: output + first * outputByteCount,
        residual: residual.map { unsafe $0 + first * residualByteCount })
      first += count
    }
  }

  /// The steps, with every scaling of channels joined with the pointwise convolution behind it, if that alone reads the
  /// scaled tensor.
  ///
  /// - Parameter kept: buffers that are read after the run.
  static func fuse(_ steps: [any PlanStep], kept: Set<Int>) -> [any PlanStep] {
    steps.joiningPairs(kept: kept) { first, second in
      guard let convolution = second as? any PointwiseStage, convolution.isPointwise,
        let scaling = first as? any ChannelScaling, scaling.output == convolution.input
      else { return nil }
      return (ScaledStripStep(scaling: scaling, convolution: convolution), scaling.output)
    }
  }
}

extension Location {
  /// Bytes from pixel to pixel.
  fileprivate var pixelByteCount: Int { layout.pixelStride * layout.elementType.byteCount }
}

extension ChannelScaleStep: ChannelScaling {
  func run(pixels: Int, input: UnsafeRawPointer, output: UnsafeMutableRawPointer) {
    unsafe vectors.functions.scale_channels_f32(
      pixels, self.output.layout.channels, self.input.layout.pixelStride, input.assumingMemoryBound(to: Float.self),
      scale.pointer(Float.self), bias.pointer(Float.self), lower, upper, self.output.layout.pixelStride,
      output.assumingMemoryBound(to: Float.self))
  }
}

extension ChannelRescaleStep: ChannelScaling {
  func run(pixels: Int, input: UnsafeRawPointer, output: UnsafeMutableRawPointer) {
    unsafe vectors.functions.rescale_channels_u8(
      pixels, self.output.layout.channels, self.input.layout.pixelStride, input.assumingMemoryBound(to: UInt8.self),
      scale.pointer(Float.self), offset.pointer(Float.self), lower, upper, self.output.layout.pixelStride,
      output.assumingMemoryBound(to: UInt8.self))
  }
}
