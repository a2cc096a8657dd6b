import Documents
import Evaluation

/// How well a detector finds the objects of each class.
struct DetectionSection: EvaluationSection {
  let sides: [(name: String, evaluation: DetectionEvaluation)]
  let classes: ClassNames

  private var indices: [Int] { Set(sides.flatMap { $0.evaluation.classes.map(\.classIndex) }).sorted() }

  var remarks: [Block] {
    VisibleShareRemark.blocks(
      sides.map(\.evaluation.visibleShare).min() ?? 1, what: "objects elsewhere cannot be found")
  }

  var charts: [Chart] {
    let indices = indices
    let chart = ClassChart.bars(
      "Average precision by class", axis: "Average precision", indices, classes,
      series: sides.map { side in (side.name, indices.map { result(side.evaluation, $0)?.averagePrecision }) })
    return chart.map { [$0] } ?? []
  }

  var table: Table {
    let percent = Column.Kind.percent(decimals: 2)
    let leading = [
      Column(id: "class", title: "Class", kind: .category),
      Column(
        id: "objects", title: "Objects", kind: .integer,
        help: "Annotated objects that are to be found; difficult ones are left out."),
    ]
    let average = FigureColumns(
      names: sides.map(\.name), id: "average_precision", title: "Average Precision", kind: percent,
      help: "Over all scores; N/A where there is no object.")
    guard sides.count == 1, let evaluation = sides.first?.evaluation else {
      return Table(
        columns: leading + average.columns,
        rows: indices.map { index in
          Row(
            [
              classes.cell(index),
              .integer(sides.compactMap { result($0.evaluation, index)?.objectCount }.max() ?? 0),
            ] + average.cells(sides.map { result($0.evaluation, index)?.averagePrecision }))
        }, visibleRowCount: 15, noun: .init("class", "classes"))
    }
    let confidence = NumberFormat.exact.string(for: DetectionEvaluation.confidence)
    let overlap = NumberFormat.exact.string(for: evaluation.overlap)
    return Table(
      columns: leading + [
        Column(
          id: "right", title: "Right Detections", kind: .integer,
          help:
            "Detections with scores of \(confidence) or more that overlap an object of the class by \(overlap) or more, "
            + "each object once."),
        Column(
          id: "wrong", title: "Wrong Detections", kind: .integer, help: "All others with such scores."),
        Column(id: "precision", title: "Precision", kind: percent, help: "Right detections of all detections."),
        Column(id: "recall", title: "Recall", kind: percent, help: "Right detections of all objects."),
      ] + average.columns,
      rows: evaluation.classes.map { result in
        Row(
          [
            classes.cell(result.classIndex), .integer(result.objectCount), .integer(result.truePositiveCount),
            .integer(result.falsePositiveCount), result.precision.map(Cell.number) ?? .missing,
            result.recall.map(Cell.number) ?? .missing,
          ] + average.cells([result.averagePrecision]))
      }, visibleRowCount: 15, noun: .init("class", "classes"))
  }

  private func result(_ evaluation: DetectionEvaluation, _ index: Int) -> DetectionEvaluation.ClassResult? {
    evaluation.classes.first { $0.classIndex == index }
  }
}
