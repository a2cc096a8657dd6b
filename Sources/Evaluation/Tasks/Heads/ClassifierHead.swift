public import Datasets
import Graphs
public import Tensors

/// One score for each class: the first output has one extent beside the batch that is not 1.
public struct ClassifierHead: OutputHead {
  private let count: Int

  /// Of a first output of such a shape.
  public init?(_ outputs: ModelOutputs, task: VisionTask?) {
    guard let count = outputs.vectorCount else { return nil }
    self.count = count
  }

  /// Telling what a picture shows.
  public var task: VisionTask { .classification }
  /// As many as there are scores.
  public var classCount: Int? { count }
  /// Scores.
  public var summary: String { "scores of \(count) classes" }

  /// The scores.
  public func decode(
    _ outputs: [Tensor], _ view: PictureView, _ options: DetectionOptions
  ) throws(EvaluationError) -> TaskPrediction {
    guard let first = outputs.first, first.elementCount == count else { throw .unexpectedOutputs(outputs) }
    return .scores(first.floats)
  }
}

extension ModelOutputs {
  /// How many numbers the first output has, where it is one row of numbers for a picture.
  var vectorCount: Int? {
    guard let shape = types.first?.shape, shape.rank >= 2 else { return nil }
    let extents = shape.dimensions.dropFirst()
    return extents.count { $0 != 1 } <= 1 ? extents.reduce(1, *) : nil
  }
}
