import Datasets
public import Documents
public import Evaluation

/// A column of the comparison with annotations, by the name under which conditions and sort orders know it.
public enum AnnotationColumn: String, ReportColumn {
  case image
  case predictedClass = "class"
  case annotatedClass = "annotated_class"
  case rank
  case confidence
  case confidenceInAnnotatedClass = "annotated_class_confidence"
  case predictedClassName = "class_name"
  case annotatedClassName = "annotated_class_name"

  /// The columns of the table, in order.
  static let shown: [Self] = [
    .image, .predictedClass, .annotatedClass, .rank, .confidence, .confidenceInAnnotatedClass,
  ]

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { [.image, .predictedClassName, .annotatedClassName].contains(self) }

  /// The header.
  public var title: String {
    switch self {
    case .image: "Image Name"
    case .predictedClass: "Predicted Class"
    case .annotatedClass: "Class Defined in Dataset Annotations"
    case .rank: "Rank of Class Defined in Dataset Annotations in Model Predictions"
    case .confidence: "Model Confidence in Predicted Class"
    case .confidenceInAnnotatedClass: "Model Confidence in Class Defined in Dataset Annotations"
    case .predictedClassName: "Name of Predicted Class"
    case .annotatedClassName: "Name of Class Defined in Dataset Annotations"
    }
  }

  /// The headers, and a shorter name of the rank.
  public var spellings: [String] {
    self == .rank ? [title, "Rank of Class Defined in Dataset Annotations", "annotated_rank"] : [title]
  }

  /// How the values are defined, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .image: "the path of the picture within the dataset"
    case .predictedClass: "the number of the class with the highest score"
    case .annotatedClass: "the number of the class that the dataset's annotations name, as the model counts classes"
    case .rank: "how many classes the model scores higher than the annotated class; 0 is the first place"
    case .confidence: "the highest score"
    case .confidenceInAnnotatedClass: "the score of the annotated class"
    case .predictedClassName, .annotatedClassName: "the name of that class"
    }
  }

  /// The column of a table.
  public var column: Column {
    let kind: Column.Kind =
      switch self {
      case .image, .predictedClassName, .annotatedClassName: .text
      case .predictedClass, .annotatedClass: .category
      case .rank: .integer
      case .confidence, .confidenceInAnnotatedClass: .bar(.probability, maximum: 1)
      }
    return Column(id: rawValue, title: title, kind: kind, help: definition.capitalizedFirst + ".")
  }

  /// What a row has in the column.
  public func cell(_ row: AnnotationComparison.Row, _ classes: ClassNames) -> Cell {
    switch self {
    case .image: .text(row.sample.path)
    case .predictedClass: classes.cell(row.predictedClass)
    case .annotatedClass: classes.cell(row.annotatedClass)
    case .rank: .integer(row.rank)
    case .confidence: .number(Double(row.confidence))
    case .confidenceInAnnotatedClass: .number(Double(row.confidenceInAnnotatedClass))
    case .predictedClassName: classes.name(row.predictedClass).map { .text($0) } ?? .missing
    case .annotatedClassName: classes.name(row.annotatedClass).map { .text($0) } ?? .missing
    }
  }
}
