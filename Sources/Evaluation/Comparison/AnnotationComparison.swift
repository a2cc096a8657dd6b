public import Datasets

/// The predictions of a model beside the annotations of its pictures.
public struct AnnotationComparison: Sendable {
  /// One picture.
  public struct Row: Sendable, Hashable {
    /// The picture.
    public let sample: Sample
    /// The class that the model predicts.
    public let predictedClass: Int
    /// The class that the annotation names, as the model counts classes.
    public let annotatedClass: Int
    /// The place of the annotated class among the scores, 0 for the highest; -1 where the model has no such class.
    public let rank: Int
    /// The score of the predicted class.
    public let confidence: Float
    /// The score of the annotated class; 0 where the model has no such class.
    public let confidenceInAnnotatedClass: Float

    /// Whether the model predicts another class.
    public var isErroneous: Bool { predictedClass != annotatedClass }
  }

  /// The pictures in the dataset's order.
  public let rows: [Row]
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]
  /// What is added to an annotation to get the model's class.
  public let offset: Int

  /// Compares predictions with the annotations of their samples.
  ///
  /// - Parameter offset: 1 where the model's class 0 is the background, which annotations do not count.
  /// - Throws: `EvaluationError.mismatch` if a picture has no annotation.
  public init(_ predictions: Predictions, offset: Int = 0) throws(EvaluationError) {
    self.offset = offset
    skipped = predictions.skipped
    var rows: [Row] = []
    rows.reserveCapacity(predictions.samples.count)
    for (index, sample) in predictions.samples.enumerated() {
      guard let annotation = sample.classIndex else {
        throw EvaluationError(.mismatch, "\(sample.path) has no annotation to compare with")
      }
      let scores = predictions.scores(ofSample: index)
      let (annotated, _) = annotation.addingReportingOverflow(offset)
      let predicted = scores.best
      rows.append(
        Row(
          sample: sample, predictedClass: predicted, annotatedClass: annotated, rank: scores.rank(of: annotated),
          confidence: scores.score(of: predicted), confidenceInAnnotatedClass: scores.score(of: annotated)))
    }
    self.rows = rows
  }

  /// How many pictures have their annotated class among the `k` highest scores; equal scores count for the picture.
  public func correctCount(top k: Int) -> Int { rows.count { (0..<k).contains($0.rank) } }

  /// The part of the pictures whose annotated class is predicted: accuracy@top1.
  public var top1: Double { share(rows.count { !$0.isErroneous }) }
  /// Wilson's 95 % interval of `top1`.
  public var top1Interval: Interval { .wilson(successes: rows.count { !$0.isErroneous }, of: rows.count) }
  /// The part of the pictures whose annotated class is among the five highest scores: accuracy@top5.
  public var top5: Double { share(correctCount(top: 5)) }
  /// Wilson's 95 % interval of `top5`.
  public var top5Interval: Interval { .wilson(successes: correctCount(top: 5), of: rows.count) }
  /// The mean rank of the annotated class, of pictures whose class the model has.
  public var meanRank: Double {
    let ranks = knownRanks
    return ranks.isEmpty ? 0 : ranks.reduce(0, +) / Double(ranks.count)
  }
  /// The median rank of the annotated class, of pictures whose class the model has.
  public var medianRank: Double { knownRanks.median }
  /// The classes that are missed at least once.
  public var errors: [ClassErrors] {
    ClassErrors.census(rows.map { ($0.annotatedClass, $0.isErroneous ? $0.predictedClass : nil) })
  }

  private var knownRanks: [Double] { rows.filter { $0.rank >= 0 }.map { Double($0.rank) } }

  private func share(_ count: Int) -> Double { rows.isEmpty ? 0 : Double(count) / Double(rows.count) }
}
