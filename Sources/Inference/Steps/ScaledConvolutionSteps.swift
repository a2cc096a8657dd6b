internal import CMicrokernels
internal import Tensors

/// Some output pixels of a pointwise convolution at a time, whose inputs are scaled just before, so that these stay in
/// cache.
private struct Strips {
  let channels: Int
  let elementByteCount: Int
  /// Rows of the microkernel's tile.
  let tile: Int

  /// Scaled inputs of about so many bytes are kept at once.
  private static let byteCount = 32 << 10

  /// Elements from pixel to pixel in scratch memory.
  var stride: Int { (channels + 15) / 16 * 16 }
  var rows: Int { max(Self.byteCount / (stride * elementByteCount) / tile, 1) * tile }
  var scratchByteCount: Int { rows * stride * elementByteCount + MemoryPlan.slack }

  func forEach(of rows: Range<Int>, _ body: (_ first: Int, _ count: Int) -> Void) {
    for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: self.rows) {
      body(first, min(self.rows, rows.upperBound - first))
    }
  }
}

/// A pointwise uint8 by int8 convolution of a tensor whose channels are scaled and clamped before.
struct ScaledConvolutionStepU8: PlanStep {
  let scale: ChannelRescaleStep
  let convolution: ConvolutionStepU8

  var nodes: [String] { scale.nodes + convolution.nodes }
  var operation: String { "\(scale.operation)+\(convolution.operation)" }
  var kernel: String { convolution.kernel }
  var reads: [Location] { scale.reads + convolution.reads.dropFirst() }
  var writes: [Location] { convolution.writes }
  var products: Double { convolution.products }
  var workEstimate: Double { scale.workEstimate + convolution.workEstimate }
  var scratchByteCount: Int { strips.scratchByteCount }
  private var strips: Strips {
    Strips(channels: convolution.channels, elementByteCount: 1, tile: convolution.microkernel.mr)
  }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (strips, kernel, group) = (strips, convolution.microkernel, convolution.groups[0])
    let (source, target) = (scale.input.layout, convolution.output.layout)
    let scratch = unsafe context.scratchPointer(part: part.index).assumingMemoryBound(to: UInt8.self)
    let input = unsafe context.pointer(scale.input, UInt8.self)
    let output = unsafe context.pointer(convolution.output, UInt8.self)
    let residual = unsafe convolution.residual.map { unsafe UnsafePointer(context.pointer($0, UInt8.self)) }
    let residualStride = convolution.residual?.layout.pixelStride ?? 0
    let functions = scale.vectors.functions
    let outputStep = target.pixelStride * (convolution.outputIsFloat ? 4 : 1)
    let panels = (convolution.columns + kernel.nr - 1) / kernel.nr
    strips.forEach(of: part.range(of: convolution.geometry.outputPixels, tile: kernel.mr)) { first, count in
      unsafe functions.rescale_channels_u8(
        count, strips.channels, source.pixelStride, input + first * source.pixelStride,
        scale.scale.pointer(Float.self), scale.offset.pointer(Float.self), scale.lower, scale.upper, strips.stride,
        scratch)
      let arguments = unsafe GEMMMicrokernelU8.Arguments(
        geometry: .matrix(rows: count, inputStride: strips.stride, outputStride: target.pixelStride),
        channels: strips.channels, columns: convolution.columns, input: UnsafePointer(scratch),
        padding: UnsafePointer(convolution.padding.pointer(UInt8.self)), packed: UnsafeRawPointer(group.packed.base),
        scale: UnsafePointer(group.scale.pointer(Float.self)), offset: UnsafePointer(group.offset.pointer(Float.self)),
        output: UnsafeMutableRawPointer(output + first * outputStep), outputIsFloat: convolution.outputIsFloat,
        residual: residual.map { unsafe $0 + first * residualStride }, residualStride: residualStride,
        residualScale: convolution.residualScale, lower: convolution.lower, upper: convolution.upper)
      unsafe kernel.run(arguments, rows: 0..<count, panels: 0..<panels)
    }
  }
}

/// A pointwise float convolution of a tensor whose channels are scaled and clamped before.
struct ScaledConvolutionStepF32: PlanStep {
  let scale: ChannelScaleStep
  let convolution: ConvolutionStepF32

  var nodes: [String] { scale.nodes + convolution.nodes }
  var operation: String { "\(scale.operation)+\(convolution.operation)" }
  var kernel: String { convolution.kernel }
  var reads: [Location] { scale.reads + convolution.reads.dropFirst() }
  var writes: [Location] { convolution.writes }
  var products: Double { convolution.products }
  var workEstimate: Double { scale.workEstimate + convolution.workEstimate }
  var scratchByteCount: Int { strips.scratchByteCount }
  private var strips: Strips {
    Strips(channels: convolution.channels, elementByteCount: 4, tile: convolution.microkernel.mr)
  }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (strips, kernel, packed) = (strips, convolution.microkernel, convolution.groups[0])
    let (source, target) = (scale.input.layout, convolution.output.layout)
    let scratch = unsafe context.scratchPointer(part: part.index).assumingMemoryBound(to: Float.self)
    let input = unsafe context.pointer(scale.input, Float.self)
    let output = unsafe context.pointer(convolution.output, Float.self)
    let residual = unsafe convolution.residual.map { unsafe UnsafePointer(context.pointer($0, Float.self)) }
    let residualStride = convolution.residual?.layout.pixelStride ?? 0
    let functions = scale.vectors.functions
    let panels = (convolution.columns + kernel.nr - 1) / kernel.nr
    strips.forEach(of: part.range(of: convolution.geometry.outputPixels, tile: kernel.mr)) { first, count in
      unsafe functions.scale_channels_f32(
        count, strips.channels, source.pixelStride, input + first * source.pixelStride,
        scale.scale.pointer(Float.self), scale.bias.pointer(Float.self), scale.lower, scale.upper, strips.stride,
        scratch)
      let arguments = unsafe GEMMMicrokernelF32.Arguments(
        geometry: .matrix(rows: count, inputStride: strips.stride, outputStride: target.pixelStride),
        channels: strips.channels, columns: convolution.columns, input: UnsafePointer(scratch),
        padding: UnsafePointer(convolution.padding.pointer(Float.self)),
        packed: UnsafePointer(packed.pointer(Float.self)), output: output + first * target.pixelStride,
        residual: residual.map { unsafe $0 + first * residualStride }, residualStride: residualStride,
        lower: convolution.lower, upper: convolution.upper)
      unsafe kernel.run(arguments, rows: 0..<count, panels: 0..<panels)
    }
  }
}
