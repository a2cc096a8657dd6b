public import Datasets
public import Tensors

/// Points: x and y of each in turn, in fractions of the input, or in its pixels where a number exceeds 2.
///
/// The output looks like that of a classifier, so it is taken for points only where the user says so.
public struct LandmarkHead: OutputHead {
  private static let fractionLimit: Float = 2
  private let count: Int

  /// Of a first output with an even number of numbers.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard task == .landmarkDetection, let count = outputs.vectorCount, count >= 2, count.isMultiple(of: 2) else {
      return nil
    }
    self.count = count / 2
  }

  /// Finding points.
  public var task: VisionTask { .landmarkDetection }
  /// Points.
  public var summary: String { "\(count) points" }

  /// The points.
  public func decode(
    _ outputs: [Tensor], _ view: PictureView, _ options: DetectionOptions
  ) throws(EvaluationError) -> TaskPrediction {
    guard let first = outputs.first, first.elementCount == count * 2 else { throw .unexpectedOutputs(outputs) }
    let values = first.floats
    let isRelative = !values.contains { abs($0) > Self.fractionLimit }
    let (width, height) = isRelative ? (Double(view.input.width), Double(view.input.height)) : (1, 1)
    return .landmarks(
      (0..<count).map {
        view.picturePoint(ImagePoint(x: Double(values[2 * $0]) * width, y: Double(values[2 * $0 + 1]) * height))
      })
  }
}
