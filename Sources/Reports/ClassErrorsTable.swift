import Documents
import Evaluation

/// Which classes are missed, and what is predicted instead, as blocks of a page.
enum ClassErrorsTable {
  private static let shownConfusions = 3

  /// Nothing where no class is missed.
  ///
  /// - Parameter expected: whose classes are missed, such as `Parent`.
  static func blocks(_ errors: [ClassErrors], expected: String, _ classes: ClassNames) -> [Block] {
    guard !errors.isEmpty else { return [] }
    return [
      .details(
        summary: "Disagreements by class (\(NumberFormat.integer.string(for: errors.count)))",
        blocks: [.table(table(errors, expected: expected, classes))])
    ]
  }

  private static func table(_ errors: [ClassErrors], expected: String, _ classes: ClassNames) -> Table {
    Table(
      columns: [
        Column(id: "expected_class", title: "\(expected) Class", kind: .category),
        Column(id: "errors", title: "Disagreements", kind: .integer),
        Column(id: "images", title: "Images", kind: .integer, help: "Images of which it is the \(expected) class."),
        Column(id: "instead", title: "Predicted Instead", help: "The most frequent ones with their number of images."),
      ],
      rows: errors.map { error in
        let instead = error.confusions.prefix(shownConfusions).map { "\(classes.text($0.classIndex)) (\($0.count))" }
        let more = error.confusions.count - instead.count
        return Row([
          classes.cell(error.classIndex), .integer(error.errorCount), .integer(error.count),
          .text((instead + (more > 0 ? ["\(more) more"] : [])).joined(separator: ", ")),
        ])
      }, visibleRowCount: 10, noun: .init("class", "classes"))
  }

  /// The errors as plain data.
  static func data(_ errors: [ClassErrors]) -> DataValue {
    .array(
      errors.map { error in
        [
          "class": .integer(error.classIndex), "images": .integer(error.count), "errors": .integer(error.errorCount),
          "instead": .array(
            error.confusions.map { ["class": .integer($0.classIndex), "images": .integer($0.count)] }),
        ]
      })
  }
}
