import Datasets
public import Documents
public import Evaluation

/// A column of the reports on detectors, by the name under which conditions and sort orders know it.
public enum DetectionColumn: String, TaskReportColumn {
  case image
  case predictedClass = "class"
  case detections
  case objects
  case matches
  case precision
  case averagePrecision = "average_precision"
  case predictedClassName = "class_name"

  /// The columns of a table, in order.
  static func shown(_ view: TaskReportView) -> [Self] {
    view == .basic
      ? [.image, .detections, .objects, .matches]
      : [.image, .predictedClass, .detections, .objects, .matches, .precision, .averagePrecision]
  }

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { self == .image || self == .predictedClassName }

  /// The header.
  public func title(_ reference: TaskReference, _ view: TaskReportView) -> String {
    let (isAnnotated, isBasic) = (reference == .annotations, view == .basic)
    return switch self {
    case .image: "Image Name"
    case .predictedClass: "Class Predicted by \(reference.subject)"
    case .detections: "A. \(reference.subject) Detections\(isBasic ? "" : " of Predicted Class")"
    case .objects:
      isAnnotated
        ? "B. Objects\(isBasic ? "" : " of Predicted Class") in Dataset Annotations"
        : "B. Parent Model Detections\(isBasic ? "" : " of Predicted Class")"
    case .matches: "Matches between A and B"
    case .precision: "Predicted Class Precision"
    case .averagePrecision: "Predicted Class Average Precision"
    case .predictedClassName: "Name of Class Predicted by \(reference.subject)"
    }
  }

  /// How the values are defined, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .image: "the path of the picture within the dataset"
    case .predictedClass: "the number of the class, as the dataset counts; there is a row for each class of A or B"
    case .detections: "how many objects the model finds, with scores of at least threshold:"
    case .objects: "how many objects the reference has; difficult ones are left out"
    case .matches: "how many of A belong to one of B, one to one, of the same class and overlapping by overlap: or more"
    case .precision: "matches divided by A"
    case .averagePrecision: "the area below the curve of precision over recall, in this picture"
    case .predictedClassName: "the name of that class"
    }
  }

  /// How the values are shown.
  public var kind: Column.Kind {
    switch self {
    case .image, .predictedClassName: .text
    case .predictedClass: .category
    case .detections, .objects, .matches: .integer
    case .precision, .averagePrecision: .number(.decimals(2))
    }
  }

  /// What a row has in the column.
  public func cell(_ row: DetectionComparison.Row, _ classes: ClassNames) -> Cell {
    switch self {
    case .image: .text(row.sample.path)
    case .predictedClass: row.classIndex.map(classes.cell) ?? .missing
    case .detections: .integer(row.detectionCount)
    case .objects: .integer(row.objectCount)
    case .matches: .integer(row.matchCount)
    case .precision: row.precision.map(Cell.number) ?? .missing
    case .averagePrecision: row.averagePrecision.map(Cell.number) ?? .missing
    case .predictedClassName: row.classIndex.flatMap(classes.name).map(Cell.text) ?? .missing
    }
  }
}
