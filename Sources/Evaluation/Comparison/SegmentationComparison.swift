public import Datasets

/// What a segmenter says of each picture beside what is there: by masks, or by what its parent says.
public struct SegmentationComparison: Sendable {
  /// One picture, or one class in one picture.
  public struct Row: Sendable, Hashable {
    /// The picture.
    public let sample: Sample
    /// The class; nil for a row of all classes.
    public let classIndex: Int?
    /// The intersection over union of the class, or the mean of the classes; nil where it is not defined.
    public let result: Double?

    /// Whether a pixel differs.
    public var isErroneous: Bool { result.map { $0 < 1 } ?? false }
  }

  /// One row for each picture, in the dataset's order.
  public let rows: [Row]
  /// One row for each class in each picture.
  public let classRows: [Row]
  /// All pixels together.
  public let confusion: ClassConfusion
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]

  /// Takes what was found out with masks.
  public init(_ evaluation: SegmentationEvaluation) {
    self.init(evaluation.rows, evaluation.confusion, evaluation.skipped)
  }

  /// Compares with what another model says of the same pictures, in the mask's classes.
  ///
  /// - Throws: `EvaluationError.mismatch` for more classes than are counted, or masks of different sizes.
  public init(
    _ predictions: TaskPredictions, parent: TaskPredictions, mapping: ClassMapping, classCount: Int
  ) throws(EvaluationError) {
    guard var confusion = ClassConfusion(classCount: classCount) else {
      throw EvaluationError(
        .mismatch, "\(classCount) classes are more than the \(ClassConfusion.maximumClassCount) that are counted")
    }
    let others = Dictionary(zip(parent.samples.map(\.path), parent.items)) { first, _ in first }
    var rows: [SegmentationEvaluation.Row] = []
    for (sample, item) in zip(predictions.samples, predictions.items) {
      guard let ours = item.classes, let theirs = others[sample.path]?.classes, ours.size == theirs.size else {
        throw EvaluationError(.mismatch, "the models give masks of different sizes for \(sample.path)")
      }
      func classes(_ map: ClassMap) -> [Int] { map.classes.map { mapping.annotated($0) ?? ClassMask.ignored } }
      let pair = MaskPair(size: ours.size, expected: classes(theirs), predicted: classes(ours))
      confusion.add(expected: pair.expected, predicted: pair.predicted)
      rows.append(.init(sample: sample, classes: pair.counts(classCount)))
    }
    self.init(rows, confusion, predictions.skipped)
  }

  private init(_ rows: [SegmentationEvaluation.Row], _ confusion: ClassConfusion, _ skipped: [DatasetProblem]) {
    self.rows = rows.map { Row(sample: $0.sample, classIndex: nil, result: $0.mean) }
    classRows = rows.flatMap { row in
      row.classes.sorted { $0.key < $1.key }.map { index, count in
        Row(sample: row.sample, classIndex: index, result: count.intersectionOverUnion)
      }
    }
    self.confusion = confusion
    self.skipped = skipped
  }
}
