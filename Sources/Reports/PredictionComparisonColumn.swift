import Datasets
public import Documents
public import Evaluation

/// A column of the comparison of predictions, by the name under which conditions and sort orders know it.
public enum PredictionComparisonColumn: String, ReportColumn {
  case image
  case optimizedClass = "class"
  case parentClass = "parent_class"
  case rank
  case confidence
  case confidenceInParentClass = "parent_class_confidence"
  case optimizedClassName = "class_name"
  case parentClassName = "parent_class_name"
  case parentConfidence = "parent_confidence"

  /// The columns of the table, in order.
  static let shown: [Self] = [.image, .optimizedClass, .parentClass, .rank, .confidence, .confidenceInParentClass]

  /// Whether the column holds text rather than numbers.
  public var isText: Bool { [.image, .optimizedClassName, .parentClassName].contains(self) }

  /// The header.
  public var title: String {
    switch self {
    case .image: "Image Name"
    case .optimizedClass: "Class Predicted by Optimized Model"
    case .parentClass: "Class Predicted by Parent Model"
    case .rank: "Rank of Class Predicted by Parent Model in Optimized Model Predictions"
    case .confidence: "Optimized Model Confidence in Class Predicted by Optimized Model"
    case .confidenceInParentClass: "Optimized Model Confidence in Class Predicted by Parent Model"
    case .optimizedClassName: "Name of Class Predicted by Optimized Model"
    case .parentClassName: "Name of Class Predicted by Parent Model"
    case .parentConfidence: "Parent Model Confidence in Class Predicted by Parent Model"
    }
  }

  /// The headers, and what documents call the rank besides.
  public var spellings: [String] {
    self == .rank ? [title, "Rank of Class Defined in Parent Model Predictions", "parent_rank"] : [title]
  }

  /// How the values are defined, in one sentence without a full stop.
  public var definition: String {
    switch self {
    case .image: "the path of the picture within the dataset"
    case .optimizedClass: "the number of the class with the optimized model's highest score"
    case .parentClass: "the number of the class with the parent's highest score"
    case .rank: "how many classes the optimized model scores higher than the parent's class; 0 is the first place"
    case .confidence: "the optimized model's highest score"
    case .confidenceInParentClass: "the optimized model's score of the parent's class"
    case .optimizedClassName: "the name of that class"
    case .parentClassName: "the name of that class"
    case .parentConfidence: "the parent's highest score"
    }
  }

  /// The column of a table.
  public var column: Column {
    let kind: Column.Kind =
      switch self {
      case .image, .optimizedClassName, .parentClassName: .text
      case .optimizedClass, .parentClass: .category
      case .rank: .integer
      case .confidence, .confidenceInParentClass, .parentConfidence: .bar(.probability, maximum: 1)
      }
    return Column(id: rawValue, title: title, kind: kind, help: definition.capitalizedFirst + ".")
  }

  /// What a row has in the column.
  public func cell(_ row: PredictionComparison.Row, _ classes: ClassNames) -> Cell {
    switch self {
    case .image: .text(row.sample.path)
    case .optimizedClass: classes.cell(row.optimizedClass)
    case .parentClass: classes.cell(row.parentClass)
    case .rank: .integer(row.rank)
    case .confidence: .number(Double(row.confidence))
    case .confidenceInParentClass: .number(Double(row.confidenceInParentClass))
    case .optimizedClassName: classes.name(row.optimizedClass).map { .text($0) } ?? .missing
    case .parentClassName: classes.name(row.parentClass).map { .text($0) } ?? .missing
    case .parentConfidence: .number(Double(row.parentConfidence))
    }
  }
}
