import Datasets
public import Documents
public import Evaluation

/// A column of the reports on segmenters, by the name under which conditions and sort orders know it.
public enum SegmentationColumn: String, TaskReportColumn {
  case image
  case predictedClass = "class"
  case result
  case predictedClassName = "class_name"

  /// The columns of a table, in order.
  static func shown(_ view: TaskReportView) -> [Self] {
    view == .basic ? [.image, .result] : [.image, .predictedClass, .result]
  }

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { self == .image || self == .predictedClassName }

  /// The header.
  public func title(_ reference: TaskReference, _ view: TaskReportView) -> String {
    switch self {
    case .image: "Image Name"
    case .predictedClass: "Class Predicted by \(reference.subject)"
    case .result: "\(reference.subject) \(view == .basic ? "Average Result" : "Result")"
    case .predictedClassName: "Name of Class Predicted by \(reference.subject)"
    }
  }

  /// How the values are defined, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .image: "the path of the picture within the dataset"
    case .predictedClass: "the number of the class, as the dataset counts; there is a row for each class of either mask"
    case .result: "intersection over union of the class in this picture, or the mean of all its classes"
    case .predictedClassName: "the name of that class"
    }
  }

  /// How the values are shown.
  public var kind: Column.Kind {
    switch self {
    case .image, .predictedClassName: .text
    case .predictedClass: .category
    case .result: .bar(.decimals(2), maximum: 1)
    }
  }

  /// What a row has in the column.
  public func cell(_ row: SegmentationComparison.Row, _ classes: ClassNames) -> Cell {
    switch self {
    case .image: .text(row.sample.path)
    case .predictedClass: row.classIndex.map(classes.cell) ?? .missing
    case .result: row.result.map(Cell.number) ?? .missing
    case .predictedClassName: row.classIndex.flatMap(classes.name).map(Cell.text) ?? .missing
    }
  }
}
