internal import CMicrokernels
internal import Tensors

/// A step that makes pixels of what lies in memory in another form, and can do so row by row.
protocol PixelRowStage: PlanStep {
  var input: Location { get }
  var output: Location { get }
  /// Whether single rows can be made of what the input holds.
  var makesRows: Bool { get }

  /// Makes the first pixels of one row of the output, flat over batch and height.
  ///
  /// - Parameters:
  ///   - input: the address of the whole input.
  ///   - stride: elements from pixel to pixel in `output`.
  @unsafe func run(row: Int, count: Int, input: UnsafeRawPointer, stride: Int, output: UnsafeMutableRawPointer)
}

/// A convolution that can take the taps of window rows together, for which it copies the rows of its input.
protocol RowMergingStep: PlanStep {
  var nodes: [String] { get set }
  var operation: String { get set }
  var input: Location { get }
  /// If the taps of window rows are merged.
  var merged: MergedWindow? { get }
  /// The step that lays out the input's rows, where none has laid them out before.
  var rowStage: (any PixelRowStage)? { get set }
}

extension RowMergingStep {
  var elementType: ElementType? { input.layout.elementType }

  /// The same with a step before it, whose output then is never whole.
  func taking(_ stage: any PixelRowStage) -> Self {
    var step = self
    step.rowStage = stage
    step.nodes += stage.nodes
    step.operation = "\(stage.operation), \(operation)"
    return step
  }

  /// Lays out the first pixels of a row of the input, flat over batch and height, for merged windows.
  @unsafe func fill(
    _ window: MergedWindow, row: Int, count: Int, source: UnsafeRawPointer, target: UnsafeMutableRawPointer
  ) {
    if let rowStage {
      unsafe rowStage.run(row: row, count: count, input: source, stride: window.pixelStride, output: target)
    } else {
      unsafe window.copyRow(row, count, of: source, to: target)
    }
  }
}

/// Joins the step that lays out an image with the convolution that reads it, so that it is read once, and written to a
/// cache near the processor only.
enum PixelRowFusion {
  /// The steps, with every such pair joined whose image nothing else reads.
  ///
  /// - Parameter kept: buffers that are read after the run.
  static func fuse(_ steps: [any PlanStep], kept: Set<Int>) -> [any PlanStep] {
    steps.joiningPairs(kept: kept) { first, second in
      guard let convolution = second as? any RowMergingStep, convolution.merged != nil, convolution.rowStage == nil,
        let stage = first as? any PixelRowStage, stage.makesRows, stage.output == convolution.input
      else { return nil }
      return (convolution.taking(stage), stage.output)
    }
  }
}

extension LayoutStep: PixelRowStage {
  var makesRows: Bool { input.layout.order == .rowMajor && output.layout.order == .channelsLast }

  func run(row: Int, count: Int, input: UnsafeRawPointer, stride: Int, output: UnsafeMutableRawPointer) {
    let layout = self.output.layout
    unsafe vectors.functions.planes_to_pixels_f32(
      count, layout.channels, layout.height * layout.width,
      input.assumingMemoryBound(to: Float.self) + layout.planarStart(ofRow: row), stride,
      output.assumingMemoryBound(to: Float.self))
  }
}

extension QuantizeStep: PixelRowStage {
  var makesRows: Bool { input.layout.order == .rowMajor && output.layout.order == .channelsLast }

  func run(row: Int, count: Int, input: UnsafeRawPointer, stride: Int, output: UnsafeMutableRawPointer) {
    let layout = self.output.layout
    unsafe vectors.functions.planes_to_pixels_u8(
      count, layout.channels, layout.height * layout.width,
      input.assumingMemoryBound(to: Float.self) + layout.planarStart(ofRow: row), parameters.scale,
      parameters.zeroPoint, stride, output.assumingMemoryBound(to: UInt8.self))
  }
}

extension PhysicalLayout {
  /// Where, with the same elements in row-major order, a row of the first channel begins; rows are flat over batch and
  /// height.
  fileprivate func planarStart(ofRow row: Int) -> Int {
    (row / height * channels * height + row % height) * width
  }
}
