import CommandLanguage
import Evaluation
import Reports

/// Which rows of a comparison of predictions are shown, and in which order: `where:`, `only:`, `sort:`, `order:`, `top:`.
enum RowSelection {
  static let columns = PredictionComparisonColumn.allCases.map { column in
    ColumnSignature(column.rawValue, column.isText ? .text : .number, column.definition)
  }

  /// The labels that a command takes for it.
  static func labels(top: ParameterSignature) -> [ParameterSignature] {
    [
      ParameterSignature(
        "where", .condition(columns), absent: "all images", "Which images, such as `rank > 0 and confidence < 50%`."),
      ParameterSignature(
        "only", .choice([ChoiceWord("errors", "images whose class differs from the parent's")]), absent: "all images",
        "Which images, in one word."),
      ParameterSignature("sort", .column(columns), absent: "the dataset's order", "By what the images are sorted."),
      ParameterSignature(
        "order", .choice([ChoiceWord("ascending", "smallest first"), ChoiceWord("descending", "largest first")]),
        default: "ascending", "In which direction they are sorted."),
      top,
    ]
  }

  /// The indices of the rows that the arguments ask for, without regard to `top:`.
  static func indices(
    _ arguments: BoundCommand, of rows: [PredictionComparison.Row], _ classes: ClassNames
  ) -> [Int] {
    var indices = Array(rows.indices)
    if arguments.choice("only") == "errors" { indices = indices.filter { rows[$0].isErroneous } }
    if let condition = arguments.condition("where") {
      indices = indices.filter { index in
        condition.holds { PredictionComparisonColumn(rawValue: $0)?.cell(rows[index], classes).operand }
      }
    }
    guard let column = arguments.choice("sort").flatMap(PredictionComparisonColumn.init(rawValue:)) else {
      return indices
    }
    return column.sorted(indices, of: rows, classes, isDescending: arguments.choice("order") == "descending")
  }
}
