/// A uint8 by int8 convolution or matrix product with everything that was fused into it.
struct ConvolutionStepU8: PlanStep {
  let nodes: [String]
  let operation: String
  let microkernel: GEMMMicrokernelU8
  /// One entry a group.
  let groups: [Group]
  let geometry: WindowGeometry
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

  /// The weights of one group of channels.
  struct Group {
    let packed: AlignedBuffer
    let scale: AlignedBuffer
    let offset: AlignedBuffer
  }

  var kernel: String { microkernel.name }
  var reads: [Location] { residual.map { [input, $0] } ?? [input] }
  var writes: [Location] { [output] }
  var products: Double { geometry.products(channels: channels, columns: columns * groups.count) }
  var workEstimate: Double { products / 4 }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let panels = (columns + microkernel.nr - 1) / microkernel.nr
    let rows = geometry.outputPixels
    let splitsPanels = part.count > 1 && rows < part.count * microkernel.mr * 2 && panels >= part.count
    let rowRange = splitsPanels ? 0..<rows : part.range(of: rows, tile: microkernel.mr)
    let panelRange = splitsPanels ? part.range(of: panels) : 0..<panels
    guard !rowRange.isEmpty, !panelRange.isEmpty else { return }
    let input = unsafe context.pointer(input, UInt8.self)
    let output = unsafe context.pointer(output, UInt8.self)
    let bytes = outputIsFloat ? 4 : 1
    for (index, group) in groups.enumerated() {
      let arguments = unsafe GEMMMicrokernelU8.Arguments(
        geometry: geometry, channels: channels, columns: columns, input: input + index * channels,
        padding: UnsafePointer(padding.pointer(UInt8.self)), packed: UnsafeRawPointer(group.packed.base),
        scale: UnsafePointer(group.scale.pointer(Float.self)), offset: UnsafePointer(group.offset.pointer(Float.self)),
        output: UnsafeMutableRawPointer(output + index * columns * bytes), outputIsFloat: outputIsFloat,
        residual: residual.map { unsafe UnsafePointer(context.pointer($0, UInt8.self)) + index * columns },
        residualStride: residual?.layout.pixelStride ?? 0, residualScale: residualScale, lower: lower, upper: upper)
      unsafe microkernel.run(arguments, rows: rowRange, panels: panelRange)
    }
  }
}
