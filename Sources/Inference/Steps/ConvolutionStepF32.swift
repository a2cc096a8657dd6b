/// A float convolution or matrix product with everything that was fused into it.
struct ConvolutionStepF32: PlanStep {
  let nodes: [String]
  let operation: String
  let microkernel: GEMMMicrokernelF32
  /// Packed weights, one entry a group.
  let groups: [AlignedBuffer]
  let geometry: WindowGeometry
  /// Input channels and output columns of one group.
  let channels: Int
  let columns: Int
  let input: Location
  let padding: AlignedBuffer
  let output: Location
  let residual: Location?
  let lower: Float
  let upper: Float

  var kernel: String { microkernel.name }
  var reads: [Location] { residual.map { [input, $0] } ?? [input] }
  var writes: [Location] { [output] }
  var products: Double { geometry.products(channels: channels, columns: columns * groups.count) }
  var workEstimate: Double { products / 2 }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let panels = (columns + microkernel.nr - 1) / microkernel.nr
    let rows = geometry.outputPixels
    let splitsPanels = part.count > 1 && rows < part.count * microkernel.mr * 2 && panels >= part.count
    let rowRange = splitsPanels ? 0..<rows : part.range(of: rows, tile: microkernel.mr)
    let panelRange = splitsPanels ? part.range(of: panels) : 0..<panels
    guard !rowRange.isEmpty, !panelRange.isEmpty else { return }
    let input = unsafe context.pointer(input, Float.self)
    let output = unsafe context.pointer(output, Float.self)
    for (index, packed) in groups.enumerated() {
      let arguments = unsafe GEMMMicrokernelF32.Arguments(
        geometry: geometry, channels: channels, columns: columns, input: UnsafePointer(input) + index * channels,
        padding: UnsafePointer(padding.pointer(Float.self)), packed: UnsafePointer(packed.pointer(Float.self)),
        output: output + index * columns,
        residual: residual.map { unsafe UnsafePointer(context.pointer($0, Float.self)) + index * columns },
        residualStride: residual?.layout.pixelStride ?? 0, lower: lower, upper: upper)
      unsafe microkernel.run(arguments, rows: rowRange, panels: panelRange)
    }
  }
}
