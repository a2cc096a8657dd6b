public import Datasets
public import Tensors

/// Numbers that are alike for pictures of the same person.
///
/// The output looks like that of a classifier, so it is taken for these only where the user says so.
public struct EmbeddingHead: OutputHead {
  private let count: Int

  /// Of a first output that is one row of numbers.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard task == .faceRecognition, let count = outputs.vectorCount, count >= 2 else { return nil }
    self.count = count
  }

  /// Telling people apart.
  public var task: VisionTask { .faceRecognition }
  /// Numbers.
  public var summary: String { "\(count) numbers that are compared between pictures" }

  /// The numbers.
  public func decode(
    _ outputs: [Tensor], _ view: PictureView, _ options: DetectionOptions
  ) throws(EvaluationError) -> TaskPrediction {
    guard let first = outputs.first, first.elementCount == count else { throw .unexpectedOutputs(outputs) }
    return .embedding(first.floats)
  }
}
