internal import Glibc
internal import Tensors

/// A step that can compute any pixels of its output by themselves, from pixels that lie anywhere.
protocol PointwiseStage: PlanStep {
  var input: Location { get }
  var output: Location { get }
  var residual: Location? { get }
  /// Whether output pixel i depends on input pixel i (and residual pixel i) alone.
  var isPointwise: Bool { get }

  /// Computes `pixels` output pixels, which lie side by side as those of the step's own locations do.
  @unsafe func run(
    pixels: Int, input: UnsafeRawPointer, output: UnsafeMutableRawPointer, residual: UnsafeRawPointer?)
}

/// A depthwise convolution that can compute some rows of an image from the rows under them.
protocol DepthwiseStage: PlanStep {
  var input: Location { get }
  var output: Location { get }
  var geometry: WindowGeometry { get }

  /// Computes all output rows of a geometry, whose input holds just the rows that are read.
  @unsafe func run(
    rowsOf geometry: WindowGeometry, input: UnsafeRawPointer, output: UnsafeMutableRawPointer,
    scratch: UnsafeMutableRawPointer)
}

/// An inverted residual block, or its end, computed some rows at a time: expansion, depthwise convolution, projection.
///
/// The wide tensors between them are never whole: their rows stay in scratch memory, which is small enough for a cache
/// near the processor. Rows that two windows share are kept, not computed again. Every element is computed by the same
/// microkernels as without the chain, so results are the same bit for bit.
struct StripChainStep: PlanStep {
  /// Gives the depthwise convolution's input; without it, that is read from the arena.
  let expand: (any PointwiseStage)?
  let depthwise: any DepthwiseStage
  let project: any PointwiseStage
  /// Output rows that are computed at a time.
  let rowCount: Int

  /// Bytes of the expanded rows that are held.
  private static let scratchTarget = 256 * 1024

  init(expand: (any PointwiseStage)?, depthwise: any DepthwiseStage, project: any PointwiseStage) {
    self.expand = expand
    self.depthwise = depthwise
    self.project = project
    let geometry = depthwise.geometry
    let rowBytes = max(Self.rowByteCount(depthwise.input), 1)
    let rows = Self.scratchTarget / rowBytes - geometry.windowReach
    rowCount = min(max(rows / geometry.strideHeight, 1), geometry.outputHeight)
  }

  private var stages: [any PlanStep] { (expand.map { [$0] } ?? []) + [depthwise, project] }
  var nodes: [String] { stages.flatMap(\.nodes) }
  var operation: String { stages.map(\.operation).joined(separator: ", ") }
  var kernel: String { stages.map(\.kernel).joined(separator: ", ") }
  var reads: [Location] { [expand?.input ?? depthwise.input] + (project.residual.map { [$0] } ?? []) }
  var writes: [Location] { [project.output] }
  var products: Double { stages.reduce(0) { $0 + $1.products } }
  var workEstimate: Double { stages.reduce(0) { $0 + $1.workEstimate } }

  private static func rowByteCount(_ location: Location) -> Int {
    location.layout.width * location.layout.pixelStride * location.layout.elementType.byteCount
  }

  private static func aligned(_ byteCount: Int) -> Int { (byteCount + MemoryPlan.slack + 63) / 64 * 64 }

  /// Bytes of scratch memory for expanded rows, for filtered rows, and for the depthwise convolution itself.
  private var expandedByteCount: Int {
    guard expand != nil else { return 0 }
    let rows = min(depthwise.geometry.inputRows(under: rowCount), depthwise.geometry.inputHeight)
    return Self.aligned(rows * Self.rowByteCount(depthwise.input))
  }
  private var filteredByteCount: Int { Self.aligned(rowCount * Self.rowByteCount(depthwise.output)) }
  var scratchByteCount: Int { expandedByteCount + filteredByteCount + Self.aligned(depthwise.scratchByteCount) }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let rows = part.range(of: depthwise.geometry.outputRows)
    let height = depthwise.geometry.outputHeight
    var first = rows.lowerBound
    while first < rows.upperBound {
      let end = min(rows.upperBound, (first / height + 1) * height)
      let top = first % height
      unsafe runImage(context, first / height, top..<top + end - first, context.scratchPointer(part: part.index))
      first = end
    }
  }

  /// Computes some output rows of one image.
  @unsafe private func runImage(
    _ context: borrowing ExecutionContext, _ image: Int, _ rows: Range<Int>, _ scratch: UnsafeMutableRawPointer
  ) {
    let geometry = depthwise.geometry
    let wideRowBytes = Self.rowByteCount(depthwise.input)
    let outputRowBytes = Self.rowByteCount(project.output)
    let filtered = unsafe scratch + expandedByteCount
    let own = unsafe filtered + filteredByteCount
    let source = unsafe UnsafeRawPointer(context.pointer(expand?.input ?? depthwise.input, UInt8.self))
    let sourceRowBytes = Self.rowByteCount(expand?.input ?? depthwise.input)
    let output = unsafe UnsafeMutableRawPointer(context.pointer(project.output, UInt8.self))
    let residual = unsafe project.residual.map { unsafe UnsafeRawPointer(context.pointer($0, UInt8.self)) }
    let residualRowBytes = project.residual.map(Self.rowByteCount) ?? 0
    var held = 0..<0
    var row = rows.lowerBound
    while row < rows.upperBound {
      let count = min(rowCount, rows.upperBound - row)
      let (needed, strip) = geometry.strip(outputRows: row..<row + count)
      var wide = unsafe source + (image * geometry.inputHeight + needed.lowerBound) * sourceRowBytes
      if let expand {
        let kept = max(held.upperBound - needed.lowerBound, 0)
        if kept > 0 {
          unsafe memmove(scratch, scratch + (needed.lowerBound - held.lowerBound) * wideRowBytes, kept * wideRowBytes)
        }
        unsafe expand.run(
          pixels: (needed.count - kept) * geometry.inputWidth, input: wide + kept * sourceRowBytes,
          output: scratch + kept * wideRowBytes, residual: nil)
        held = needed
        unsafe wide = UnsafeRawPointer(scratch)
      }
      unsafe depthwise.run(rowsOf: strip, input: wide, output: filtered, scratch: own)
      let target = image * geometry.outputHeight + row
      unsafe project.run(
        pixels: count * geometry.outputWidth, input: filtered, output: output + target * outputRowBytes,
        residual: residual.map { unsafe $0 + target * residualRowBytes })
      row += count
    }
  }
}

extension WindowGeometry {
  /// Input rows under a window, less one.
  fileprivate var windowReach: Int { (kernelHeight - 1) * dilationHeight }

  /// Input rows under some output rows, those in the padding included.
  fileprivate func inputRows(under rows: Int) -> Int { (rows - 1) * strideHeight + windowReach + 1 }

  /// The rows of an image that some output rows read, and the geometry of these alone.
  fileprivate func strip(outputRows rows: Range<Int>) -> (needed: Range<Int>, WindowGeometry) {
    let top = rows.lowerBound * strideHeight - padTop
    let first = min(max(top, 0), inputHeight)
    let end = max(min(top + inputRows(under: rows.count), inputHeight), first)
    var strip = self
    strip.batch = 1
    strip.inputHeight = end - first
    strip.outputHeight = rows.count
    strip.padTop = first - top
    return (first..<end, strip)
  }

  /// Whether every window meets the image.
  var meetsInput: Bool {
    padTop <= windowReach && padBottom <= windowReach
      && (outputHeight - 1) * strideHeight - padTop < inputHeight
  }
}

extension ConvolutionStepF32: PointwiseStage {
  var isPointwise: Bool { geometry.isPointwise && merged == nil && groups.count == 1 }

  func run(pixels: Int, input: UnsafeRawPointer, output: UnsafeMutableRawPointer, residual: UnsafeRawPointer?) {
    let panels = (columns + microkernel.nr - 1) / microkernel.nr
    unsafe run(
      .matrix(rows: pixels, inputStride: geometry.inputStride, outputStride: geometry.outputStride),
      channels: channels, input: input.assumingMemoryBound(to: Float.self),
      output: output.assumingMemoryBound(to: Float.self), residual: residual?.assumingMemoryBound(to: Float.self),
      rows: 0..<pixels, panels: 0..<panels)
  }
}

extension ConvolutionStepU8: PointwiseStage {
  var isPointwise: Bool { geometry.isPointwise && merged == nil && groups.count == 1 }

  func run(pixels: Int, input: UnsafeRawPointer, output: UnsafeMutableRawPointer, residual: UnsafeRawPointer?) {
    let panels = (columns + microkernel.nr - 1) / microkernel.nr
    unsafe run(
      .matrix(rows: pixels, inputStride: geometry.inputStride, outputStride: geometry.outputStride),
      channels: channels, input: input.assumingMemoryBound(to: UInt8.self),
      output: output.assumingMemoryBound(to: UInt8.self), residual: residual?.assumingMemoryBound(to: UInt8.self),
      rows: 0..<pixels, panels: 0..<panels)
  }
}

extension DepthwiseStepF32: DepthwiseStage {
  func run(
    rowsOf geometry: WindowGeometry, input: UnsafeRawPointer, output: UnsafeMutableRawPointer,
    scratch: UnsafeMutableRawPointer
  ) {
    let arguments = unsafe DepthwiseMicrokernelF32.Arguments(
      geometry: geometry, channels: channels, input: input.assumingMemoryBound(to: Float.self),
      weights: UnsafePointer(weights.pointer(Float.self)), bias: UnsafePointer(bias.pointer(Float.self)),
      output: output.assumingMemoryBound(to: Float.self), lower: lower, upper: upper)
    unsafe microkernel.run(arguments, rows: 0..<geometry.outputRows, channels: 0..<channels)
  }
}

extension DepthwiseStepU8: DepthwiseStage {
  func run(
    rowsOf geometry: WindowGeometry, input: UnsafeRawPointer, output: UnsafeMutableRawPointer,
    scratch: UnsafeMutableRawPointer
  ) {
    let arguments = unsafe DepthwiseMicrokernelU8.Arguments(
      geometry: geometry, channels: channels, input: input.assumingMemoryBound(to: UInt8.self), zeroPoint: zeroPoint,
      constants: constants, output: output.assumingMemoryBound(to: UInt8.self), lower: lower,
      upper: upper, scratch: scratch)
    unsafe microkernel.run(arguments, rows: 0..<geometry.outputRows, channels: 0..<channels)
  }
}
