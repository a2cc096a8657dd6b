/// A uint8 by int8 convolution or matrix product with everything that was fused into it.
struct ConvolutionStepU8: RowMergingStep, WeightedStep {
  var nodes: [String]
  var operation: String
  let microkernel: GEMMMicrokernelU8
  /// One entry a group.
  let groups: [Group]
  let geometry: WindowGeometry
  let merged: MergedWindow?
  /// Input channels and output columns of one group.
  let channels: Int
  let columns: Int
  let input: Location
  let padding: AlignedBuffer
  let output: Location
  let outputIsFloat: Bool
  let residual: Location?
  let residualScale: Float
  let lower: Float
  let upper: Float
  /// Whether no scaled sum can leave the range of int32.
  let isBounded: Bool
  var rows: PixelRows?
  var following = UpcomingWeights()

  /// The weights of one group of channels.
  struct Group {
    let packed: AlignedBuffer
    let scale: AlignedBuffer
    let offset: AlignedBuffer
  }

  var kernel: String { microkernel.name }
  var reads: [Location] { [rows?.input ?? input] + (residual.map { [$0] } ?? []) }
  var writes: [Location] { [output] }
  var products: Double { geometry.products(channels: channels, columns: columns * groups.count) }
  var workEstimate: Double { products / 4 }
  var scratchByteCount: Int { merged?.scratchByteCount ?? 0 }
  var rowDivision: RowDivision? {
    isPointwise ? RowDivision(pixels: geometry.outputPixels, tile: microkernel.height) : nil
  }

  var firstWeights: UpcomingWeights {
    unsafe UpcomingWeights(
      start: UnsafeRawPointer(groups[0].packed.base),
      byteCount: microkernel.panelByteCount(
        taps: merged == nil ? geometry.kernelHeight * geometry.kernelWidth : geometry.kernelHeight,
        channels: merged?.channels ?? channels))
  }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let input = unsafe UnsafePointer(context.pointer(input, UInt8.self))
    let output = unsafe context.pointer(output, UInt8.self)
    let residual = unsafe residual.map { unsafe UnsafePointer(context.pointer($0, UInt8.self)) }
    let panels = (columns + microkernel.nr - 1) / microkernel.nr
    if let merged {
      let scratch = unsafe context.scratchPointer(part: part.index)
      let source = unsafe UnsafeRawPointer(context.pointer(rows?.input ?? self.input, UInt8.self))
      unsafe merged.forEachStrip(
        rows: part.range(of: geometry.outputRows), padding: padding.pointer(UInt8.self)[0], scratch: scratch,
        fill: { unsafe fill(merged, row: $0, count: $1, source: source, target: $2) }
      ) { strip, first in
        unsafe run(
          strip, channels: merged.channels, input: UnsafePointer(scratch.assumingMemoryBound(to: UInt8.self)),
          output: output + first * strip.outputStride * outputElementByteCount,
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

  private var outputElementByteCount: Int { outputIsFloat ? 4 : 1 }

  /// Computes some output pixels of an image that lies anywhere.
  @unsafe func run(
    _ geometry: WindowGeometry, channels: Int, input: UnsafePointer<UInt8>, output: UnsafeMutablePointer<UInt8>,
    residual: UnsafePointer<UInt8>?, rows: Range<Int>, panels: Range<Int>
  ) {
    guard !rows.isEmpty, !panels.isEmpty else { return }
    let block = geometry.pixelsOfBlock(
      groups: groups.count, weights: groups[0].packed.byteCount, tile: microkernel.mr, inputByteCount: 1,
      outputByteCount: outputElementByteCount)
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: block) {
      for index in groups.indices {
        let arguments = unsafe GEMMMicrokernelU8.Arguments(
          geometry: geometry, channels: channels, columns: columns, input: input + index * channels,
          padding: UnsafePointer(padding.pointer(UInt8.self)), packed: UnsafeRawPointer(groups[index].packed.base),
          scale: UnsafePointer(groups[index].scale.pointer(Float.self)),
          offset: UnsafePointer(groups[index].offset.pointer(Float.self)),
          output: UnsafeMutableRawPointer(output + index * columns * outputElementByteCount),
          outputIsFloat: outputIsFloat, residual: residual.map { unsafe $0 + index * columns },
          residualStride: self.residual?.layout.pixelStride ?? 0, residualScale: residualScale, lower: lower,
          upper: upper, isBounded: isBounded,
          following: following)
        unsafe microkernel.run(arguments, rows: first..<min(first + block, rows.upperBound), panels: panels)
      }
    }
  }
}
