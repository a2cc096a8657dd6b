public import Datasets

/// How far the points that a model finds lie from where they are.
public struct LandmarkEvaluation: TaskEvaluation {
  /// One picture.
  public struct Row: Sendable, Hashable {
    /// The picture.
    public let sample: Sample
    /// The mean distance of its points over that of the eyes.
    public let error: Double
  }

  /// The pictures that have points, in the dataset's order.
  public let rows: [Row]
  /// The mean normed error.
  public let figures: [AccuracyFigure]
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]
  /// How many pictures were judged.
  public var imageCount: Int { rows.count }

  /// Judges points by those of the annotations.
  ///
  /// - Throws: `EvaluationError.mismatch` where no picture can be judged.
  public init(_ predictions: TaskPredictions) throws(EvaluationError) {
    var (rows, skipped): ([Row], [DatasetProblem]) = ([], predictions.skipped)
    for (sample, item) in zip(predictions.samples, predictions.items) {
      let reference = sample.annotation?.landmarks ?? []
      guard let error = LandmarkError.normed(item.landmarks, reference: reference) else {
        let reason =
          reference.isEmpty
          ? "has no landmarks"
          : "has \(reference.count) landmarks of which the first two are one point, or the model gives another number"
        skipped.append(DatasetProblem(path: sample.path, reason: reason))
        continue
      }
      rows.append(Row(sample: sample, error: error))
    }
    guard !rows.isEmpty else {
      throw EvaluationError(
        .mismatch,
        "none of the \(predictions.samples.count) pictures has as many landmarks as the model gives"
          + (skipped.first.map { "; the first, \($0)" } ?? ""))
    }
    self.rows = rows
    self.skipped = skipped
    figures = [AccuracyFigure(meanOf: rows.map(\.error), "normed error", isHigherBetter: false)]
  }
}
