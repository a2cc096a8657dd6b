public import Datasets

/// What a detector finds in each picture beside what is there: by annotations, or by what its parent finds.
public struct DetectionComparison: Sendable {
  /// One picture, or one class in one picture.
  public struct Row: Sendable, Hashable {
    /// The picture.
    public let sample: Sample
    /// The class; nil for a row of all classes.
    public let classIndex: Int?
    /// How many objects are found.
    public let detectionCount: Int
    /// How many are there; difficult ones are left out.
    public let objectCount: Int
    /// How many of both belong together, one to one.
    public let matchCount: Int
    /// The part of the found objects that is right; nil where none is found.
    public let precision: Double?
    /// The average precision in the picture; nil where no object is there.
    public let averagePrecision: Double?

    /// Whether something is found that is not there, or the other way round.
    public var isErroneous: Bool { matchCount != detectionCount || matchCount != objectCount }
  }

  /// What is found and what is there in one picture.
  public struct Scene: Sendable {
    /// The picture's size.
    public let size: ImageSize
    /// What is found.
    public let detections: [Detection]
    /// What is there, in pixels.
    public let objects: [AnnotatedObject]
  }

  /// One row for each picture, in the dataset's order.
  public let rows: [Row]
  /// One row for each class in each picture.
  public let classRows: [Row]
  /// The pictures by their paths.
  public let scenes: [String: Scene]
  /// The least intersection over union of objects that belong together.
  public let overlap: Double
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]

  /// Compares with the annotations of the pictures.
  public init(_ predictions: TaskPredictions, mapping: ClassMapping, overlap: Double = 0.5) {
    let samples = zip(predictions.samples, predictions.items).map { sample, item in
      (sample, DetectionSample(sample, item, mapping))
    }
    self.init(samples, overlap, predictions.skipped)
  }

  /// Compares with what another model finds in the same pictures.
  public init(_ predictions: TaskPredictions, parent: TaskPredictions, mapping: ClassMapping, overlap: Double = 0.5) {
    let found = Dictionary(zip(parent.samples.map(\.path), parent.items)) { first, _ in first }
    let samples = zip(predictions.samples, predictions.items).map { sample, item in
      let objects = mapping.annotated(found[sample.path]?.detections ?? []).map {
        AnnotatedObject(classIndex: $0.classIndex, box: $0.box)
      }
      return (
        sample, DetectionSample(objects: objects, detections: mapping.annotated(item.detections), size: item.size)
      )
    }
    self.init(samples, overlap, predictions.skipped)
  }

  private init(_ samples: [(Sample, DetectionSample)], _ overlap: Double, _ skipped: [DatasetProblem]) {
    var (rows, classRows): ([Row], [Row]) = ([], [])
    var scenes: [String: Scene] = [:]
    for (sample, content) in samples {
      let judged = MeanAveragePrecision(of: [content], threshold: overlap)
      let byClass = judged.classes.map { result in
        let count = result.truePositiveCount + result.falsePositiveCount
        return Row(
          sample: sample, classIndex: result.classIndex, detectionCount: count, objectCount: result.objectCount,
          matchCount: result.truePositiveCount,
          precision: count > 0 ? Double(result.truePositiveCount) / Double(count) : nil,
          averagePrecision: result.averagePrecision)
      }
      func sum(_ value: (Row) -> Int) -> Int { byClass.reduce(0) { $0 + value($1) } }
      let (found, right) = (sum(\.detectionCount), sum(\.matchCount))
      rows.append(
        Row(
          sample: sample, classIndex: nil, detectionCount: found, objectCount: sum(\.objectCount), matchCount: right,
          precision: found > 0 ? Double(right) / Double(found) : nil, averagePrecision: judged.value))
      classRows += byClass
      scenes[sample.path] = Scene(
        size: content.size ?? ImageSize(1), detections: content.detections, objects: content.objects)
    }
    self.rows = rows
    self.classRows = classRows
    self.scenes = scenes
    self.overlap = overlap
    self.skipped = skipped
  }

  /// How many objects are found in all pictures.
  public var detectionCount: Int { rows.reduce(0) { $0 + $1.detectionCount } }
  /// How many are there.
  public var objectCount: Int { rows.reduce(0) { $0 + $1.objectCount } }
  /// How many of both belong together.
  public var matchCount: Int { rows.reduce(0) { $0 + $1.matchCount } }
}
