import Documents
import Evaluation

/// What a classifier confuses, and how well it knows each class.
struct ClassificationSection: EvaluationSection {
  private static let matrixLimit = 30
  private static let shownPairs = 20

  let sides: [(name: String, evaluation: ClassificationEvaluation)]
  let classes: ClassNames
  /// The classes that occur or are predicted.
  private let occurring: [Int]

  init(sides: [(name: String, evaluation: ClassificationEvaluation)], classes: ClassNames) {
    self.sides = sides
    self.classes = classes
    var found: Set<Int> = []
    for side in sides {
      let move = Self.move(side.evaluation, in: sides)
      for row in side.evaluation.comparison.rows {
        found.formUnion([row.annotatedClass &- move, row.predictedClass &- move])
      }
    }
    occurring = found.sorted()
  }

  /// How much higher a model counts classes than the first one, whose count is that of the tables.
  private static func move(
    _ evaluation: ClassificationEvaluation, in sides: [(name: String, evaluation: ClassificationEvaluation)]
  ) -> Int {
    evaluation.comparison.offset - (sides.first?.evaluation.comparison.offset ?? 0)
  }

  private func move(_ evaluation: ClassificationEvaluation) -> Int { Self.move(evaluation, in: sides) }

  /// The images of each class.
  private var imageCounts: [Int: Int] {
    Dictionary(grouping: sides.first?.evaluation.comparison.rows ?? [], by: \.annotatedClass).mapValues(\.count)
  }

  var blocks: [Block] {
    var blocks: [Block] = []
    for (name, evaluation) in sides {
      let pairs = pairs(evaluation)
      guard !pairs.isEmpty else { continue }
      let shown = pairs.prefix(Self.shownPairs)
      let title = sides.count > 1 ? "Most confused classes, \(name)" : "Most confused classes"
      blocks.append(
        .details(
          summary: "\(title) (\(shown.count) of \(pairs.count) pairs)",
          blocks: [
            .table(
              Table(
                columns: [
                  Column(id: "annotated", title: "Annotated Class", kind: .category),
                  Column(id: "predicted", title: "Predicted Class", kind: .category),
                  Column(id: "images", title: "Images", kind: .integer),
                ],
                rows: shown.map { Row([classes.cell($0.expected), classes.cell($0.predicted), .integer($0.count)]) },
                noun: .init("pair", "pairs")))
          ]))
    }
    return [.table(table)] + blocks
  }

  var charts: [Chart] {
    sides.compactMap { name, evaluation in
      let title = sides.count > 1 ? ", \(name)" : ""
      guard occurring.count > Self.matrixLimit else {
        guard let confusion = evaluation.confusion, occurring.count > 1 else { return nil }
        let move = move(evaluation)
        let known = occurring.filter { (0..<confusion.classCount).contains($0 &+ move) }
        let map = HeatMap(
          rowTitle: "annotated class", columnTitle: "predicted class", rows: known.map(classes.text),
          columns: known.map(String.init), counts: known.map { row in known.map { confusion[row + move, $0 + move] } })
        return Chart(
          title: "Confusion matrix\(title)",
          subtitle: "images; the stronger the colour, the larger the part of the row", .heatMap(map))
      }
      let pairs = pairs(evaluation).prefix(Self.shownPairs)
      guard pairs.count > 1 else { return nil }
      let plot = BarPlot(
        categoryTitle: "Annotated → predicted",
        categories: pairs.map { "\(classes.text($0.expected)) → \(classes.text($0.predicted))" },
        series: [.init("Images", pairs.map { Double($0.count) })], axis: Axis("Images", format: .integer))
      return Chart(title: "Most confused classes\(title)", .bars(plot))
    }
  }

  /// Precision, recall and F1 by class; of several models F1 side by side.
  var table: Table {
    let leading = [
      Column(id: "class", title: "Class", kind: .category),
      Column(id: "images", title: "Images", kind: .integer, help: "Images of the class."),
    ]
    let percent = Column.Kind.percent(decimals: 2)
    let counts = imageCounts
    guard sides.count == 1, let evaluation = sides.first?.evaluation else {
      let figures = FigureColumns(
        names: sides.map(\.name), id: "f1", title: "F1", kind: percent,
        help: "The harmonic mean of precision and recall.")
      return Table(
        columns: leading + figures.columns,
        rows: occurring.map { index in
          Row(
            [classes.cell(index), .integer(counts[index] ?? 0)]
              + figures.cells(sides.map { $0.evaluation.confusion?.f1(ofClass: index &+ move($0.evaluation)) }))
        }, visibleRowCount: 15, noun: .init("class", "classes"))
    }
    let instead = Dictionary(grouping: pairs(evaluation), by: \.expected)
    return Table(
      columns: leading + [
        Column(
          id: "precision", title: "Precision", kind: percent,
          help: "Of the images predicted as the class, the part that is."),
        Column(
          id: "recall", title: "Recall", kind: percent, help: "Of the images of the class, the part predicted as it."),
        Column(id: "f1", title: "F1", kind: percent, help: "The harmonic mean of precision and recall."),
        Column(id: "instead", title: "Predicted Instead", help: "The most frequent ones with their number of images."),
      ],
      rows: occurring.map { index in
        let confusion = evaluation.confusion
        func cell(_ value: Double??) -> Cell { value.flatMap { $0 }.map(Cell.number) ?? .missing }
        let wrong = (instead[index] ?? []).prefix(3).map { "\(classes.text($0.predicted)) (\($0.count))" }
        return Row([
          classes.cell(index), .integer(counts[index] ?? 0),
          cell(confusion?.precision(ofClass: index)), cell(confusion?.recall(ofClass: index)),
          cell(confusion?.f1(ofClass: index)), .text(wrong.joined(separator: ", ")),
        ])
      }, visibleRowCount: 15, noun: .init("class", "classes"))
  }

  /// Classes that are taken for others, the most frequent first.
  private func pairs(_ evaluation: ClassificationEvaluation) -> [(expected: Int, predicted: Int, count: Int)] {
    let move = move(evaluation)
    let all = evaluation.comparison.errors.flatMap { error in
      error.confusions.map { (expected: error.classIndex &- move, predicted: $0.classIndex &- move, count: $0.count) }
    }
    return all.sorted { ($1.count, $0.expected, $0.predicted) < ($0.count, $1.expected, $1.predicted) }
  }
}
