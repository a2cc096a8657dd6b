public import Datasets
import Graphs
public import Tensors

/// One output [1, 1, N, 7] as Caffe's and OpenVINO's DetectionOutput gives it: the picture's number, below 0 behind the last
/// detection, the label, the score, and left, top, right, bottom in fractions of the input.
public struct DetectionOutputHead: DetectionHead {
  private let count: Int

  /// Of one output of this shape.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard let only = outputs.only, only.shape.rank == 4, only.elementType == .float32,
      only.shape.dimensions[0...1] == [1, 1], only.shape[3] == 7, only.shape[2] >= 1
    else { return nil }
    count = only.shape[2]
  }

  /// Labels count the background as 0.
  public var countsBackground: Bool? { true }
  /// Boxes with labels.
  public var summary: String { "up to \(count) boxes with labels and scores (DetectionOutput)" }
  /// Yes: the network suppresses them itself.
  public var isSuppressed: Bool { true }

  /// The boxes of the output.
  public func candidates(
    _ outputs: [Tensor], _ input: ImageSize, threshold: Double
  ) throws(EvaluationError) -> [Detection] {
    guard outputs.count == 1, outputs[0].elementCount == count * 7 else { throw .unexpectedOutputs(outputs) }
    let values = outputs[0].floats
    let (width, height) = (Float(input.width), Float(input.height))
    var found: [Detection] = []
    for row in stride(from: 0, to: values.count, by: 7) {
      guard values[row] >= 0 else { break }
      guard Double(values[row + 2]) >= threshold, let label = Int(exactly: values[row + 1].rounded()), label >= 0 else {
        continue
      }
      let detection = Detection(
        label, score: values[row + 2], left: values[row + 3] * width, top: values[row + 4] * height,
        right: values[row + 5] * width, bottom: values[row + 6] * height)
      if let detection { found.append(detection) }
    }
    return found
  }
}
