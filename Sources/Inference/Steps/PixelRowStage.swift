internal import CMicrokernels
internal import Tensors

/// A step that makes pixels of an image in row-major order, and may do so row by row.
protocol PixelRowStage: PlanStep {
  var input: Location { get }
  var output: Location { get }
  var vectors: VectorMicrokernels { get }
  /// The quantization of the pixels; nil if they stay floats.
  var quantization: TensorQuantization? { get }
}

extension PixelRowStage {
  /// What makes single rows of the output; nil if it cannot be made by rows.
  fileprivate var rows: PixelRows? {
    guard input.layout.order == .rowMajor, output.layout.order == .channelsLast else { return nil }
    let layout = output.layout
    return PixelRows(
      input: input, channels: layout.channels, height: layout.height, width: layout.width, quantization: quantization,
      vectors: vectors)
  }
}

extension LayoutStep: PixelRowStage {
  var quantization: TensorQuantization? { nil }
}

extension QuantizeStep: PixelRowStage {
  var quantization: TensorQuantization? { parameters }
}

/// Makes rows of pixels of an image of floats in row-major order.
struct PixelRows: Sendable {
  let input: Location
  let channels: Int
  let height: Int
  let width: Int
  /// The quantization of the pixels; nil if they stay floats.
  let quantization: TensorQuantization?
  let vectors: VectorMicrokernels

  /// Makes the first pixels of one row, flat over batch and height.
  ///
  /// - Parameters:
  ///   - image: the address of the whole image.
  ///   - stride: elements from pixel to pixel in `output`.
  @unsafe func run(row: Int, count: Int, image: UnsafeRawPointer, stride: Int, output: UnsafeMutableRawPointer) {
    let first = (row / height * channels * height + row % height) * width
    let planes = unsafe image.assumingMemoryBound(to: Float.self) + first
    if let quantization {
      unsafe vectors.functions.planes_to_pixels_u8(
        count, channels, height * width, planes, quantization.scale, quantization.zeroPoint, stride,
        output.assumingMemoryBound(to: UInt8.self))
    } else {
      unsafe vectors.functions.planes_to_pixels_f32(
        count, channels, height * width, planes, stride, output.assumingMemoryBound(to: Float.self))
    }
  }
}

/// A convolution that can take the taps of window rows together, for which it copies the rows of its input.
protocol RowMergingStep: PlanStep {
  var nodes: [String] { get set }
  var operation: String { get set }
  var input: Location { get }
  /// If the taps of window rows are merged.
  var merged: MergedWindow? { get }
  /// What lays out the input's rows, where no step has laid them out before.
  var rows: PixelRows? { get set }
}

extension RowMergingStep {
  var elementType: ElementType? { input.layout.elementType }

  /// The same with a step before it, whose output then is never whole.
  fileprivate func taking(_ stage: any PixelRowStage, _ rows: PixelRows) -> Self {
    var step = self
    step.rows = rows
    step.nodes += stage.nodes
    step.operation = "\(stage.operation), \(operation)"
    return step
  }

  /// Lays out the first pixels of a row of the input, flat over batch and height, for merged windows.
  @unsafe func fill(
    _ window: MergedWindow, row: Int, count: Int, source: UnsafeRawPointer, target: UnsafeMutableRawPointer
  ) {
    if let rows {
      unsafe rows.run(row: row, count: count, image: source, stride: window.pixelStride, output: target)
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
      guard let convolution = second as? any RowMergingStep, convolution.merged != nil, convolution.rows == nil,
        let stage = first as? any PixelRowStage, let rows = stage.rows, stage.output == convolution.input
      else { return nil }
      return (convolution.taking(stage, rows), stage.output)
    }
  }
}
