public import Datasets

/// The predictions of an optimized model beside those of its parent, which are taken as the reference.
public struct PredictionComparison: Sendable {
  /// One picture.
  public struct Row: Sendable, Hashable {
    /// The picture.
    public let sample: Sample
    /// The class that the optimized model predicts.
    public let optimizedClass: Int
    /// The class that the parent predicts.
    public let parentClass: Int
    /// The place of the parent's class among the optimized model's scores, 0 for the highest.
    public let rank: Int
    /// The optimized model's score of the class that it predicts.
    public let confidence: Float
    /// The optimized model's score of the class that the parent predicts.
    public let confidenceInParentClass: Float
    /// The parent's score of the class that the parent predicts.
    public let parentConfidence: Float

    /// Whether the two models predict different classes.
    public var isErroneous: Bool { optimizedClass != parentClass }
  }

  /// The pictures that both models could be run on, in the dataset's order.
  public let rows: [Row]
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]

  /// Compares predictions on the same pictures.
  ///
  /// - Throws: `EvaluationError.mismatch` if they are of other pictures or of another number of classes.
  public init(optimized: Predictions, parent: Predictions) throws(EvaluationError) {
    guard optimized.samples == parent.samples, optimized.outputCount == parent.outputCount else {
      throw EvaluationError(.mismatch, "the two models' predictions are not of the same pictures and classes")
    }
    skipped = optimized.skipped
    rows = optimized.samples.indices.map { index in
      let scores = optimized.scores(ofSample: index)
      let reference = parent.scores(ofSample: index)
      let (optimizedClass, parentClass) = (scores.best, reference.best)
      return Row(
        sample: optimized.samples[index], optimizedClass: optimizedClass, parentClass: parentClass,
        rank: scores.rank(of: parentClass), confidence: scores.score(of: optimizedClass),
        confidenceInParentClass: scores.score(of: parentClass), parentConfidence: reference.score(of: parentClass))
    }
  }

  /// How many pictures get the same class from both models.
  public var agreementCount: Int { rows.count { !$0.isErroneous } }
  /// The part of the pictures that get the same class from both models; 0 where there are no pictures.
  public var agreement: Double { rows.isEmpty ? 0 : Double(agreementCount) / Double(rows.count) }
  /// Wilson's 95 % interval of the agreement.
  public var agreementInterval: Interval { .wilson(successes: agreementCount, of: rows.count) }
  /// The mean over all pictures of the optimized model's minus the parent's score of the parent's class.
  public var meanConfidenceChange: Double {
    mean { Double($0.confidenceInParentClass) - Double($0.parentConfidence) }
  }
  /// The mean rank of the parent's class.
  public var meanRank: Double { mean { Double($0.rank) } }
  /// The median rank of the parent's class.
  public var medianRank: Double { rows.map { Double($0.rank) }.median }

  /// For each class that the parent predicts and the optimized model does not always: how often it is predicted, and how
  /// often the two differ; the most frequent differences first, then by class.
  public var disagreements: [ClassErrors] {
    ClassErrors.census(rows.map { ($0.parentClass, $0.isErroneous ? $0.optimizedClass : nil) })
  }

  private func mean(_ value: (Row) -> Double) -> Double {
    rows.isEmpty ? 0 : rows.reduce(0) { $0 + value($1) } / Double(rows.count)
  }
}
