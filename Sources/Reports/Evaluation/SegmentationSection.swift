import Documents
import Evaluation

/// How well a segmenter knows the pixels of each class.
struct SegmentationSection: EvaluationSection {
  let sides: [(name: String, evaluation: SegmentationEvaluation)]
  let classes: ClassNames

  private var indices: [Int] {
    let confusions = sides.map(\.evaluation.confusion)
    return (0..<(confusions.map(\.classCount).max() ?? 0)).filter { index in
      confusions.contains { $0.intersectionOverUnion(ofClass: index) != nil }
    }
  }

  var remarks: [Block] {
    VisibleShareRemark.blocks(
      sides.map(\.evaluation.visibleShare).min() ?? 1, what: "pixels elsewhere count as missed")
  }

  var charts: [Chart] {
    let indices = indices
    let chart = ClassChart.bars(
      "Intersection over union by class", axis: "Intersection over union", indices, classes,
      series: sides.map { side in
        (side.name, indices.map { side.evaluation.confusion.intersectionOverUnion(ofClass: $0) })
      })
    return chart.map { [$0] } ?? []
  }

  var table: Table {
    let percent = Column.Kind.percent(decimals: 2)
    let leading = [
      Column(id: "class", title: "Class", kind: .category),
      Column(id: "pixels", title: "Pixels", kind: .integer, help: "Pixels of the class in all masks."),
    ]
    let union = FigureColumns(
      names: sides.map(\.name), id: "iou", title: "IoU", kind: percent,
      help: "Intersection over union: pixels that both say are of the class, of those that one of them says.")
    let pixels = { (index: Int) in sides.first?.evaluation.confusion.expectedCount(of: index) ?? 0 }
    guard sides.count == 1, let confusion = sides.first?.evaluation.confusion else {
      return Table(
        columns: leading + union.columns,
        rows: indices.map { index in
          Row(
            [classes.cell(index), .integer(pixels(index))]
              + union.cells(sides.map { $0.evaluation.confusion.intersectionOverUnion(ofClass: index) }))
        }, visibleRowCount: 15, noun: .init("class", "classes"))
    }
    return Table(
      columns: leading + [
        Column(
          id: "precision", title: "Precision", kind: percent,
          help: "Of the pixels predicted as the class, the part that is."),
        Column(
          id: "recall", title: "Recall", kind: percent, help: "Of the pixels of the class, the part predicted as it."),
      ] + union.columns,
      rows: indices.map { index in
        Row(
          [
            classes.cell(index), .integer(pixels(index)),
            confusion.precision(ofClass: index).map(Cell.number) ?? .missing,
            confusion.recall(ofClass: index).map(Cell.number) ?? .missing,
          ] + union.cells([confusion.intersectionOverUnion(ofClass: index)]))
      }, visibleRowCount: 15, noun: .init("class", "classes"))
  }
}
