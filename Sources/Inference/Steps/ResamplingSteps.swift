internal import Graphs
internal import Tensors

/// The one or two elements along an axis that a position of a resampled tensor is made of.
struct ResamplingTap: Hashable {
  /// The unit of the weights.
  static let one: Int32 = 1 << 11

  let first: Int
  let second: Int
  /// The weight of the second one, in 0 ... `one`; the first has the rest.
  let weight: Int32
  /// The same as a number in 0 ... 1.
  let share: Float

  /// The taps of all positions along an axis; nil if one of them is made of more than two elements.
  static func taps(_ op: Resize, _ axis: ResampledAxis) -> [ResamplingTap]? {
    var taps: [ResamplingTap] = []
    for position in op.taps(axis) {
      guard let first = position.first, let second = position.last, position.count <= 2,
        position.count == 1 || abs(first.weight + second.weight - 1) < 1e-9, (0...1).contains(first.weight)
      else { return nil }
      let share = position.count == 1 ? 0 : second.weight
      taps.append(
        ResamplingTap(
          first: first.index, second: second.index, weight: Int32((share * Double(one)).rounded()), share: Float(share))
      )
    }
    return taps
  }
}

/// Pixels resampled along height and width, nearest or bilinear, with channels last: floats or quantized numbers.
struct ResizeStep: PlanStep {
  let nodes: [String]
  let isLinear: Bool
  let rows: [ResamplingTap]
  let columns: [ResamplingTap]
  let input: Location
  let output: Location

  var operation: String { "Resize" }
  var kernel: String { (isLinear ? "resize_linear" : "resize_nearest") + (isQuantized ? "_u8" : "_f32") }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) * (isLinear ? 4 : 1) }
  private var isQuantized: Bool { output.layout.elementType == .uint8 }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    let (source, target) = (input.layout, output.layout)
    for line in part.range(of: target.batch * rows.count) {
      let (image, row) = (line / rows.count, rows[line % rows.count])
      let first = (image * source.height + row.first) * source.width * source.pixelStride
      let second = (image * source.height + row.second) * source.width * source.pixelStride
      let to = line * target.width * target.pixelStride
      if !isLinear {
        copy(context, from: first, to: to)
      } else if isQuantized {
        let x = unsafe context.pointer(input, UInt8.self)
        unsafe mix(x + first, x + second, row, to: context.pointer(output, UInt8.self) + to)
      } else {
        let x = unsafe context.pointer(input, Float.self)
        unsafe mix(x + first, x + second, row, to: context.pointer(output, Float.self) + to)
      }
    }
  }

  private func copy(_ context: borrowing ExecutionContext, from: Int, to: Int) {
    let width = output.layout.elementType.byteCount
    let (source, target) = (input.layout, output.layout)
    let x = unsafe UnsafeRawPointer(context.pointer(input, UInt8.self)) + from * width
    let y = unsafe UnsafeMutableRawPointer(context.pointer(output, UInt8.self)) + to * width
    for (place, column) in columns.enumerated() {
      unsafe (y + place * target.pixelStride * width).copyMemory(
        from: x + column.first * source.pixelStride * width, byteCount: target.channels * width)
    }
  }

  private func mix(
    _ upper: UnsafePointer<Float>, _ lower: UnsafePointer<Float>, _ row: ResamplingTap,
    to y: UnsafeMutablePointer<Float>
  ) {
    let (from, to, channels) = (input.layout.pixelStride, output.layout.pixelStride, output.layout.channels)
    for (place, column) in columns.enumerated() {
      let (left, right) = (column.first * from, column.second * from)
      let (a, b) = (1 - column.share, column.share)
      let target = unsafe y + place * to
      for channel in 0..<channels {
        let above = unsafe upper[left + channel] * a + upper[right + channel] * b
        let below = unsafe lower[left + channel] * a + lower[right + channel] * b
        unsafe target[channel] = above * (1 - row.share) + below * row.share
      }
    }
  }

  /// Halves are rounded to the even number, as a QuantizeLinear behind floats would.
  private func mix(
    _ upper: UnsafePointer<UInt8>, _ lower: UnsafePointer<UInt8>, _ row: ResamplingTap,
    to y: UnsafeMutablePointer<UInt8>
  ) {
    let (from, to, channels) = (input.layout.pixelStride, output.layout.pixelStride, output.layout.channels)
    let one = ResamplingTap.one
    let half = (one &* one) / 2 - 1
    for (place, column) in columns.enumerated() {
      let (left, right) = (column.first * from, column.second * from)
      let weights = (
        (one &- row.weight) &* (one &- column.weight), (one &- row.weight) &* column.weight,
        row.weight &* (one &- column.weight), row.weight &* column.weight
      )
      let target = unsafe y + place * to
      for channel in 0..<channels {
        let above =
          unsafe Int32(upper[left + channel]) &* weights.0 &+ Int32(upper[right + channel]) &* weights.1
        let below =
          unsafe Int32(lower[left + channel]) &* weights.2 &+ Int32(lower[right + channel]) &* weights.3
        let sum = above &+ below
        unsafe target[channel] = UInt8(truncatingIfNeeded: (sum &+ half &+ (sum >> 22 & 1)) >> 22)
      }
    }
  }
}

/// Channels dealt out to blocks of pixels, with channels last: see `DepthToSpace`.
struct DepthToSpaceStep: PlanStep {
  let nodes: [String]
  let op: DepthToSpace
  let input: Location
  let output: Location

  var operation: String { "DepthToSpace" }
  var kernel: String { isQuantized ? "depth_to_space_u8" : "depth_to_space_f32" }
  var reads: [Location] { [input] }
  var writes: [Location] { [output] }
  var workEstimate: Double { Double(output.layout.byteCount) }
  private var isQuantized: Bool { output.layout.elementType == .uint8 }

  func run(_ context: borrowing ExecutionContext, part: WorkPart) {
    if isQuantized {
      unsafe deal(context.pointer(input, UInt8.self), to: context.pointer(output, UInt8.self), part)
    } else {
      unsafe deal(context.pointer(input, Float.self), to: context.pointer(output, Float.self), part)
    }
  }

  private func deal<Element>(
    _ x: UnsafePointer<Element>, to y: UnsafeMutablePointer<Element>, _ part: WorkPart
  ) {
    let (source, target, block) = (input.layout, output.layout, op.blockSize)
    let step = op.mode == .columnRowDepth ? block * block : 1
    for line in part.range(of: target.batch * target.height) {
      // A row of blocks is a row of the input, also from image to image.
      let from = unsafe x + line / block * source.width * source.pixelStride
      for column in 0..<target.width {
        let first = op.sourceChannel(of: 0, row: line % block, column: column % block, channels: target.channels)
        let pixel = unsafe from + column / block * source.pixelStride + first
        let to = unsafe y + (line * target.width + column) * target.pixelStride
        for channel in 0..<target.channels { unsafe to[channel] = pixel[channel * step] }
      }
    }
  }
}
