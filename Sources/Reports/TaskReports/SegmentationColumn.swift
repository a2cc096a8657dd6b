import Datasets
public import Documents
public import Evaluation

/// A column of the reports on segmenters, by the name under which conditions and sort orders know it.
public enum SegmentationColumn: String, ReportColumn {
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

  /// The header in the basic view beside annotations.
  public var title: String { title(.annotations, .basic) }

  /// The headers of both views and both references.
  public var spellings: [String] {
    var all: [String] = []
    for reference in [TaskReference.annotations, .parent("")] {
      for view in [TaskReportView.basic, .advanced] where !all.contains(title(reference, view)) {
        all.append(title(reference, view))
      }
    }
    return all
  }

  /// The header.
  func title(_ reference: TaskReference, _ view: TaskReportView) -> String {
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

  /// The column of a table.
  public var column: Column { column(.annotations, .basic) }

  func column(_ reference: TaskReference, _ view: TaskReportView) -> Column {
    let kind: Column.Kind =
      switch self {
      case .image, .predictedClassName: .text
      case .predictedClass: .category
      case .result: .bar(.decimals(2), maximum: 1)
      }
    return Column(
      id: rawValue, title: title(reference, view), kind: kind, help: definition.capitalizedFirst + ".")
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
