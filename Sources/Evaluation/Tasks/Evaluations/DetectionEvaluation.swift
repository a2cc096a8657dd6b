public import Datasets

/// How well a detector finds the objects of a dataset.
public struct DetectionEvaluation: TaskEvaluation {
  /// By which rules it is judged.
  public enum Metric: Sendable, Hashable {
    /// Mean average precision by the rules of Pascal VOC.
    case voc(MeanAveragePrecision.Integral)
    /// Average precision by the rules of COCO.
    case coco
  }

  /// What there is of one class.
  public struct ClassResult: Sendable, Hashable {
    /// The class, as annotations count.
    public let classIndex: Int
    /// The average precision by the rules that were asked for, 0 to 1; nil where there is no object.
    public let averagePrecision: Double?
    /// How many objects are to be found.
    public let objectCount: Int
    /// How many detections of at least `confidence` are right at the overlap asked for.
    public let truePositiveCount: Int
    /// How many of these are wrong.
    public let falsePositiveCount: Int

    /// The part of the detections that is right; nil where there is none.
    public var precision: Double? {
      let count = truePositiveCount + falsePositiveCount
      return count > 0 ? Double(truePositiveCount) / Double(count) : nil
    }
    /// The part of the objects that is found; nil where there is none.
    public var recall: Double? { objectCount > 0 ? Double(truePositiveCount) / Double(objectCount) : nil }
  }

  /// The least score of detections that are counted as right or wrong; curves take lower ones too.
  public static let confidence = 0.5

  /// What there is of each class, by index.
  public let classes: [ClassResult]
  /// The figures, that of the metric first.
  public let figures: [AccuracyFigure]
  /// How many pictures were judged.
  public let imageCount: Int
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]
  /// The least overlap of a right detection.
  public let overlap: Double
  /// The smallest part of a picture that the model saw, 0 to 1; objects elsewhere cannot be found.
  public let visibleShare: Double

  /// Judges what was found by what is there.
  ///
  /// - Parameters:
  ///   - predictions: of a detector.
  ///   - mapping: which classes mean which; a detection whose class means none does not count.
  ///   - overlap: the least intersection over union of a right detection, 0 to 1; of the precision and the recall of
  ///     classes also where COCO's rules say how right detections are.
  ///   - limit: how many detections count in a picture at most.
  public init(
    _ predictions: TaskPredictions, mapping: ClassMapping, metric: Metric = .voc(.area), overlap: Double = 0.5,
    limit: Int = 100, preprocessing: Preprocessing, isCancelled: () -> Bool = { false }
  ) {
    let samples = zip(predictions.samples, predictions.items).map { sample, item in
      DetectionSample(sample, item, mapping)
    }
    let integral: MeanAveragePrecision.Integral = if case .voc(let integral) = metric { integral } else { .area }
    let voc = MeanAveragePrecision(of: samples, threshold: overlap, integral: integral)
    let count = samples.count
    var averages = Dictionary(voc.classes.map { ($0.classIndex, $0.averagePrecision) }) { first, _ in first }
    switch metric {
    case .voc(let integral):
      let interval = Bootstrap.interval(
        count: count, cost: voc.verdictCount + count * voc.classes.count, isCancelled: isCancelled
      ) { voc.value(weights: $0) }
      let suffix = integral == .elevenPoints ? " (11 points)" : ""
      figures = [AccuracyFigure("mAP@\(Self.text(overlap))\(suffix)", voc.value, interval: interval, count: count)]
    case .coco:
      let coco = COCOAveragePrecision(of: samples, detectionLimit: limit)
      let interval = Bootstrap.interval(
        count: count, cost: coco.outcomeCount + count * coco.classIndices.count * 10, isCancelled: isCancelled
      ) { coco.value(weights: $0) }
      figures =
        [AccuracyFigure("COCO precision", coco.value(), interval: interval, count: count)]
        + [0.5, 0.75].map {
          AccuracyFigure("COCO precision@\(Self.text($0))", coco.value(atThreshold: $0), count: count)
        }
        + [AccuracyFigure("COCO recall", coco.averageRecall, count: count)]
      averages = Dictionary(coco.classIndices.map { ($0, coco.value(ofClass: $0)) }) { first, _ in first }
    }
    let confident = samples.map { sample in
      DetectionSample(
        objects: sample.objects, detections: sample.detections.filter { $0.score >= Self.confidence },
        size: sample.size)
    }
    let counted = Dictionary(
      MeanAveragePrecision(of: confident, threshold: overlap).classes.map { ($0.classIndex, $0) }
    ) { first, _ in first }
    classes = voc.classes.map { result in
      ClassResult(
        classIndex: result.classIndex, averagePrecision: averages[result.classIndex] ?? nil,
        objectCount: result.objectCount, truePositiveCount: counted[result.classIndex]?.truePositiveCount ?? 0,
        falsePositiveCount: counted[result.classIndex]?.falsePositiveCount ?? 0)
    }
    imageCount = count
    skipped = predictions.skipped
    self.overlap = overlap
    visibleShare = predictions.items.map { preprocessing.view(of: $0.size).visibleShare }.min() ?? 1
  }

  private static func text(_ overlap: Double) -> String { "\((overlap * 1000).rounded() / 1000)" }
}

extension DetectionSample {
  /// What a dataset says is there beside what a model found, in the dataset's classes; what means no class is left out.
  public init(_ sample: Sample, _ item: TaskPredictions.Item, _ mapping: ClassMapping) {
    self.init(
      objects: sample.annotation?.objects ?? [], detections: mapping.annotated(item.detections), size: item.size)
  }
}

extension ClassMapping {
  /// Detections in the dataset's classes; those that mean none are left out.
  public func annotated(_ detections: [Detection]) -> [Detection] {
    detections.compactMap { detection in
      annotated(detection.classIndex).map { index in
        var moved = detection
        moved.classIndex = index
        return moved
      }
    }
  }
}
