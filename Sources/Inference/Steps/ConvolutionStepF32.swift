/// A float convolution or matrix product with everything that was fused into it.
struct ConvolutionStepF32: RowMergingStep {
  var nodes: [String]
  var operation: String
  let microkernel: GEMMMicrokernelF32
  /// Packed weights, one entry a group.
  let groups: [AlignedBuffer]
  let geometry: WindowGeometry
  let merged: MergedWindow?
  /// Input channels and output columns of one group.
  let channels: Int
  let columns: Int
  let input: Location
  let padding: AlignedBuffer
  let output: Location
  let residual: Location?
  let lower: Float
  let upper: Float
  var rows: PixelRows?

  var kernel: String { microkernel.name }
  var reads: [Location] { [rows?.input ?? input] + (residual.map { [$0] } ?? []) }
  var writes: [Location] { [output] }
  var products: Double { geometry.products(channels: channels, columns: columns * groups.count) }
  var workEstimate: Double { products / 2 }
  var scratchByteCount: Int { merged?.scratchByteCount ?? 0 }
  var rowDivision: RowDivision? {
    isPointwise ? RowDivision(pixels: geometry.outputPixels, tile: microkernel.height) : nil
  }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let input = unsafe UnsafePointer(context.pointer(input, Float.self))
    let output = unsafe context.pointer(output, Float.self)
    let residual = unsafe residual.map { unsafe UnsafePointer(context.pointer($0, Float.self)) }
    let panels = (columns + microkernel.nr - 1) / microkernel.nr
    if let merged {
      let scratch = unsafe context.scratchPointer(part: part.index)
      let source = unsafe UnsafeRawPointer(context.pointer(rows?.input ?? self.input, UInt8.self))
      unsafe merged.forEachStrip(
        rows: part.range(of: geometry.outputRows), padding: 0, scratch: scratch,
        fill: { unsafe fill(merged, row: $0, count: $1, source: source, target: $2) }
      ) { strip, first in
        unsafe run(
          strip, channels: merged.channels, input: UnsafePointer(scratch.assumingMemoryBound(to: Float.self)),
          output: output + first * strip.outputStride,
          residual: residual.map { unsafe $0 + first * (self.residual?.layout.pixelStride ?? 0) },
          rows: 0..<strip.outputPixels, panels: 0..<panels)
      }
      return
    }
    part.forEachPiece(rows: geometry.outputPixels, tile: microkernel.height, panels: panels) { rows, panels in
      unsafe run(
        geometry, channels: channels, input: input, output: output, residual: residual, rows: rows, panels: panels)
    }
  }

  /// Computes some output pixels of an image that lies anywhere.
  @unsafe func run(
    _ geometry: WindowGeometry, channels: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    residual: UnsafePointer<Float>?, rows: Range<Int>, panels: Range<Int>
  ) {
    guard !rows.isEmpty, !panels.isEmpty else { return }
    let block = geometry.pixelsOfBlock(
      groups: groups.count, weights: groups[0].byteCount, tile: microkernel.mr, inputByteCount: 4, outputByteCount: 4)
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: block) {
      for index in groups.indices {
        let arguments = unsafe GEMMMicrokernelF32.Arguments(
          geometry: geometry, channels: channels, columns: columns, input: input + index * channels,
          padding: UnsafePointer(padding.pointer(Float.self)), packed: UnsafePointer(groups[index].pointer(Float.self)),
          output: output + index * columns, residual: residual.map { unsafe $0 + index * columns },
          residualStride: self.residual?.layout.pixelStride ?? 0, lower: lower, upper: upper)
        unsafe microkernel.run(arguments, rows: first..<min(first + block, rows.upperBound), panels: panels)
      }
    }
  }
}
