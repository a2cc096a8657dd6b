public import Datasets

/// How often a model rightly tells whether two pictures show the same person.
public struct ReidentificationEvaluation: TaskEvaluation {
  /// Two pictures.
  public struct Row: Sendable, Hashable {
    /// The pictures and whether they show the same person.
    public let pair: SamplePair
    /// How far apart they lie, 0 to 1.
    public let distance: Double
  }

  /// The pairs, in the dataset's order.
  public let rows: [Row]
  /// The accuracy of each part.
  public let parts: [Double]
  /// The mean of these.
  public let figures: [AccuracyFigure]
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]
  /// How many pictures were judged.
  public let imageCount: Int

  /// Judges distances by the dataset's pairs.
  ///
  /// - Parameter partCount: into how many parts the pairs are divided.
  /// - Throws: `EvaluationError.invalidSetting` for fewer than two parts, or more than half as many as there are pairs.
  public init(_ predictions: TaskPredictions, of dataset: Dataset, partCount: Int = 10) throws(EvaluationError) {
    let vectors = Dictionary(zip(predictions.samples.map(\.path), predictions.items.map(\.embedding))) { first, _ in
      first
    }
    rows = dataset.pairs.compactMap { pair in
      guard let first = vectors[pair.first], let second = vectors[pair.second],
        let distance = PairwiseAccuracy.distance(first, second)
      else { return nil }
      return Row(pair: pair, distance: distance)
    }
    let pairs = rows.map { PairwiseAccuracy.Pair(distance: $0.distance, isSame: $0.pair.isSame) }
    guard partCount <= pairs.count / 2, let parts = PairwiseAccuracy.parts(of: pairs, partCount: partCount) else {
      throw EvaluationError(
        .invalidSetting, "\(pairs.count) pairs cannot be divided into \(partCount) parts of two pairs or more",
        remedy: "use subsets: from 2 to \(max(pairs.count / 2, 2))")
    }
    self.parts = parts
    skipped = predictions.skipped
    imageCount = predictions.samples.count
    let mean = parts.reduce(0, +) / Double(parts.count)
    let spread = Interval.ofMean(parts).map { Interval(lower: max($0.lower, 0), upper: min($0.upper, 1)) }
    figures = [AccuracyFigure("pairwise accuracy", mean, interval: spread, count: pairs.count)]
  }
}
