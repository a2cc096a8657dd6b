public import Datasets

/// How often a classifier is right.
public struct ClassificationEvaluation: TaskEvaluation {
  /// The predictions beside the annotations.
  public let comparison: AnnotationComparison
  /// How often each class of the model was taken for each other; nil for more classes than are counted.
  public let confusion: ClassConfusion?
  /// The figures: accuracy@top1, and accuracy@topK for each K asked for.
  public let figures: [AccuracyFigure]
  /// How many pictures were judged.
  public var imageCount: Int { comparison.rows.count }
  /// The pictures that could not be used.
  public var skipped: [DatasetProblem] { comparison.skipped }

  /// Judges predictions by the annotations of their pictures.
  ///
  /// - Parameters:
  ///   - offset: what is added to an annotation to get the model's class.
  ///   - top: among how many highest scores the annotated class counts as found; 1 is judged too.
  /// - Throws: `EvaluationError.mismatch` if a picture has no annotation.
  public init(_ predictions: Predictions, offset: Int = 0, top: Int = 5) throws(EvaluationError) {
    let comparison = try AnnotationComparison(predictions, offset: offset)
    self.comparison = comparison
    var confusion = ClassConfusion(classCount: max(predictions.outputCount, 1))
    confusion?.add(
      expected: comparison.rows.map(\.annotatedClass), predicted: comparison.rows.map(\.predictedClass))
    self.confusion = confusion
    let total = comparison.rows.count
    figures = (top > 1 ? [1, top] : [1]).map { k in
      let correct = comparison.correctCount(top: k)
      return AccuracyFigure(
        "accuracy@top\(k)", total > 0 ? Double(correct) / Double(total) : nil,
        interval: .wilson(successes: correct, of: total), count: total)
    }
  }
}
