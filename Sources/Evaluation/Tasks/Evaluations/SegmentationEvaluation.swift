public import Datasets
import Synchronization

/// How well a model tells the pixels of pictures apart.
public struct SegmentationEvaluation: TaskEvaluation {
  /// What there is of one class in one picture.
  public struct ClassCount: Sendable, Hashable {
    /// Pixels that are and were said to be of the class.
    public var right = 0
    /// Pixels that are of the class.
    public var expected = 0
    /// Pixels that were said to be of the class, among those that count.
    public var predicted = 0

    /// Intersection over union, 0 to 1; nil where there is neither.
    public var intersectionOverUnion: Double? {
      let union = expected + predicted - right
      return union > 0 ? Double(right) / Double(union) : nil
    }
  }

  /// What there is in one picture.
  public struct Row: Sendable, Hashable {
    /// The picture.
    public let sample: Sample
    /// By class, as annotations count.
    public let classes: [Int: ClassCount]

    /// The mean of the classes' intersection over union; nil where there is none.
    public var mean: Double? {
      let known = classes.values.compactMap(\.intersectionOverUnion).sorted()
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  /// The pictures, in the dataset's order.
  public let rows: [Row]
  /// All pixels together.
  public let confusion: ClassConfusion
  /// The figures: mean IoU, and the part of the pixels that is right.
  public let figures: [AccuracyFigure]
  /// The pictures that could not be used, or whose masks could not.
  public let skipped: [DatasetProblem]
  /// The smallest part of a picture that the model saw, 0 to 1; pixels elsewhere count as missed.
  public let visibleShare: Double
  /// How many pictures were judged.
  public var imageCount: Int { rows.count }

  /// Judges predictions by the masks of their pictures, each in the mask's size.
  ///
  /// - Throws: `CancellationError`; `EvaluationError.mismatch` for more classes than are counted, or where no mask can be used.
  public init(
    _ predictions: TaskPredictions, of dataset: Dataset, mapping: ClassMapping, classCount: Int,
    preprocessing: Preprocessing, isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
  ) throws {
    guard let empty = ClassConfusion(classCount: classCount) else {
      throw EvaluationError(
        .mismatch, "\(classCount) classes are more than the \(ClassConfusion.maximumClassCount) that are counted")
    }
    let total = SharedConfusion(empty)
    let outcomes = try ParallelMap.map(predictions.samples.count, isCancelled: isCancelled, progress: progress) {
      index in
      Self.judge(
        predictions.samples[index], predictions.items[index], of: dataset, mapping, preprocessing,
        classCount: classCount, total)
    }
    let sum = total.value
    var (rows, skipped): ([Row], [DatasetProblem]) = ([], predictions.skipped)
    for (sample, outcome) in zip(predictions.samples, outcomes) {
      switch outcome {
      case .success(let row): rows.append(row)
      case .failure(let error): skipped.append(DatasetProblem(path: sample.path, error: error))
      }
    }
    guard !rows.isEmpty else {
      throw EvaluationError(
        .mismatch,
        "none of the \(predictions.samples.count) pictures has a mask that can be used"
          + (skipped.first.map { "; the first, \($0)" } ?? ""))
    }
    self.rows = rows
    self.skipped = skipped
    confusion = sum
    visibleShare = predictions.items.map { preprocessing.view(of: $0.size).visibleShare }.min() ?? 1
    let interval = Bootstrap.interval(
      count: rows.count, cost: rows.reduce(0) { $0 + $1.classes.count }, isCancelled: isCancelled
    ) { Self.meanIntersectionOverUnion(rows, weights: $0) }
    figures = [
      AccuracyFigure(
        "mean IoU", sum.meanIntersectionOverUnion, interval: interval, count: rows.count),
      AccuracyFigure("pixel accuracy", sum.accuracy, count: rows.count),
    ]
  }

  private static func judge(
    _ sample: Sample, _ item: TaskPredictions.Item, of dataset: Dataset, _ mapping: ClassMapping,
    _ preprocessing: Preprocessing, classCount: Int, _ total: SharedConfusion
  ) -> Result<Row, DatasetError> {
    do throws(DatasetError) {
      let masks = try MaskPair(sample, item, of: dataset, mapping, preprocessing)
      total.add(expected: masks.expected, predicted: masks.predicted)
      return .success(Row(sample: sample, classes: masks.counts(classCount)))
    } catch { return .failure(error) }
  }

  private static func meanIntersectionOverUnion(_ rows: [Row], weights: [Int]) -> Double? {
    var sums: [Int: ClassCount] = [:]
    for (row, weight) in zip(rows, weights) where weight > 0 {
      for (index, count) in row.classes {
        sums[index, default: ClassCount()].right += weight * count.right
        sums[index, default: ClassCount()].expected += weight * count.expected
        sums[index, default: ClassCount()].predicted += weight * count.predicted
      }
    }
    let known = sums.values.compactMap(\.intersectionOverUnion)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

/// The class of each pixel of a picture as its mask says, and as a model does, in the mask's size.
public struct MaskPair: Sendable {
  /// The size of the mask.
  public let size: ImageSize
  /// The mask's classes; `ClassMask.ignored` where a pixel does not count.
  public let expected: [Int]
  /// The model's in the dataset's classes; `ClassMask.ignored` where a pixel is of none.
  public let predicted: [Int]

  init(size: ImageSize, expected: [Int], predicted: [Int]) {
    self.size = size
    self.expected = expected
    self.predicted = predicted
  }

  /// Reads a picture's mask and spreads a prediction over it.
  ///
  /// - Throws: `DatasetError` where there is no mask that can be used.
  public init(
    _ sample: Sample, _ item: TaskPredictions.Item, of dataset: Dataset, _ mapping: ClassMapping,
    _ preprocessing: Preprocessing
  ) throws(DatasetError) {
    guard let mask = sample.annotation?.mask else { throw DatasetError(.invalidAnnotation, "has no mask") }
    guard let map = item.classes else { throw DatasetError(.invalidAnnotation, "has no prediction of classes") }
    let image = try Image(contentsOfFile: dataset.root + "/" + mask.path, orientation: dataset.orientation)
    size = image.size
    expected = try mask.classes(of: image)
    predicted = mapping.annotated(map, over: preprocessing.view(of: item.size), size: image.size)
  }

  /// The counts of each class that there is, or that was predicted where pixels count.
  func counts(_ classCount: Int) -> [Int: SegmentationEvaluation.ClassCount] {
    var counts: [Int: SegmentationEvaluation.ClassCount] = [:]
    let classes = 0..<classCount
    for (truth, guess) in zip(expected, predicted) where classes.contains(truth) {
      counts[truth, default: .init()].expected += 1
      guard classes.contains(guess) else { continue }
      counts[guess, default: .init()].predicted += 1
      if truth == guess { counts[truth, default: .init()].right += 1 }
    }
    return counts
  }
}

extension ClassMapping {
  /// The dataset's class of every pixel; `ClassMask.ignored` where it is none.
  public func annotated(_ map: ClassMap, over view: PictureView, size: ImageSize? = nil) -> [Int] {
    var known: [Int: Int] = [:]
    for run in map.runs where known[run.classIndex] == nil {
      known[run.classIndex] = annotated(run.classIndex) ?? ClassMask.ignored
    }
    return map.spread(over: view, size: size).map { known[$0] ?? ClassMask.ignored }
  }
}

/// One matrix that all pictures are counted in: one a picture would not fit in memory with many classes.
private final class SharedConfusion: Sendable {
  private let confusion: Mutex<ClassConfusion>

  init(_ empty: ClassConfusion) { confusion = Mutex(empty) }

  var value: ClassConfusion { confusion.withLock { $0 } }

  func add(expected: [Int], predicted: [Int]) {
    confusion.withLock { $0.add(expected: expected, predicted: predicted) }
  }
}
