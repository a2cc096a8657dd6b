import Datasets
public import Documents
public import Evaluation

/// The report “Accuracy Evaluation on Validation Dataset”.
public struct AccuracyReport: PicturedReport {
  /// How many pictures the PNG in a notebook shows, which keeps every byte.
  private static let pictureCount = 8

  /// A model of which even the best guess is right this seldom is probably fed wrongly.
  private static let suspiciousTop5 = 0.1

  /// The name of the model.
  public let model: String
  /// The name of the dataset.
  public let dataset: String
  /// The predictions beside the annotations, all pictures.
  public let comparison: AnnotationComparison
  /// The name of the model's parent and how it does on the same pictures; nil without a parent.
  public let parent: (name: String, comparison: AnnotationComparison)?
  /// The rows that the table shows, in its order: indices of the comparison's rows.
  public let selection: [Int]
  /// The order that the rows were put into; empty for that of the dataset.
  public let order: [SortKey]
  /// What the selection leaves out, in words; empty where all rows are shown.
  public let selectionText: String
  private let predictions: Predictions
  private let classes: ClassNames
  /// The pictures of the rows.
  public var pictures: PictureShelf

  /// Makes a report of predictions.
  ///
  /// - Throws: `EvaluationError.mismatch` if the comparison is not of the predictions.
  public init(
    model: String, dataset: String, comparison: AnnotationComparison, predictions: Predictions,
    parent: (name: String, comparison: AnnotationComparison)? = nil, selection: [Int], selectionText: String = "",
    order: [SortKey] = [],
    classes: ClassNames, pictures: PictureShelf = PictureShelf()
  ) throws(EvaluationError) {
    guard predictions.samples.count == comparison.rows.count else {
      throw EvaluationError(.mismatch, "the comparison is not of these predictions")
    }
    self.model = model
    self.dataset = dataset
    self.comparison = comparison
    self.predictions = predictions
    self.parent = parent
    self.order = order
    self.selection = selection.filter(comparison.rows.indices.contains)
    self.selectionText = selectionText
    self.classes = classes
    self.pictures = pictures
  }

  /// Accuracy and the table with one row for each picture.
  public var document: Document {
    var blocks: [Block] = [.facts(summary)]
    if comparison.top5 < Self.suspiciousTop5, comparison.rows.count >= 20, classes.count ?? 100 > 10 {
      blocks.append(.callout(Callout(.warning, RichText(Self.suspicion))))
    }
    if comparison.offset != 0 {
      blocks.append(.paragraph("The model's class 0 is the background: an annotation n means the model's class n + 1."))
    }
    blocks += SkippedFiles.blocks(comparison.skipped)
    blocks += ClassErrorsTable.blocks(comparison.errors, expected: "Annotated", classes)
    blocks.append(.table(table))
    return Document(
      title: "Accuracy Evaluation on Validation Dataset", subtitle: "\(model) on \(dataset)", blocks: blocks)
  }

  /// The pictures of the table, those with wrong classes first.
  public var gallery: ImageGrid? {
    let flagged = selection.filter { comparison.rows[$0].isErroneous }
    let others = selection.filter { !comparison.rows[$0].isErroneous }
    return ImageGrid(cards: (flagged + others).prefix(Self.pictureCount).map(card))
  }

  /// `columns` and `rows` of the table, and the metrics over all pictures.
  public var data: DataValue {
    var metrics = Self.metrics(comparison)
    if let parent {
      metrics += [
        .init(key: "parentTop1", value: .number(parent.comparison.top1)),
        .init(key: "parentTop5", value: .number(parent.comparison.top5)),
        .init(key: "top1Drop", value: .number(parent.comparison.top1 - comparison.top1)),
      ]
    }
    let head: [DataValue.Member] = [
      .init(key: "report", value: "accuracy"), .init(key: "model", value: .string(model)),
      .init(key: "dataset", value: .string(dataset)),
      .init(key: "parent", value: parent.map { .string($0.name) } ?? .null),
      .init(key: "summary", value: .object(metrics)),
    ]
    return .object(head + DataValue.columnsAndRows(of: table))
  }

  private static func metrics(_ comparison: AnnotationComparison) -> [DataValue.Member] {
    let (top1, top5) = (comparison.top1Interval, comparison.top5Interval)
    return [
      .init(key: "images", value: .integer(comparison.rows.count)),
      .init(key: "skipped", value: .integer(comparison.skipped.count)),
      .init(key: "top1", value: .number(comparison.top1)), .init(key: "top1Lower", value: .number(top1.lower)),
      .init(key: "top1Upper", value: .number(top1.upper)), .init(key: "top5", value: .number(comparison.top5)),
      .init(key: "top5Lower", value: .number(top5.lower)), .init(key: "top5Upper", value: .number(top5.upper)),
      .init(key: "meanRank", value: .number(comparison.meanRank)),
      .init(key: "medianRank", value: .number(comparison.medianRank)),
      .init(key: "errors", value: ClassErrorsTable.data(comparison.errors)),
    ]
  }

  private static let suspicion = """
    accuracy is close to chance. Check channels:, mean: and scale: of the model, and whether its class 0 is the \
    background (background: true); `evaluate` tries them and says which helps.
    """

  private var summary: FactList {
    let percent = NumberFormat.percent()
    func fact(_ label: String, _ value: Double, _ interval: Interval, _ parentValue: Double?) -> FactList.Fact {
      var note =
        "95 % interval \(percent.string(for: interval.lower)) to \(percent.string(for: interval.upper)); "
        + "\(NumberFormat.integer.string(for: comparison.rows.count)) images"
      if let parent, let parentValue {
        note += "; \(parent.name): \(percent.string(for: parentValue))"
      }
      return .init(label, percent.string(for: value), note: note)
    }
    return FactList(
      [
        fact("accuracy@top1", comparison.top1, comparison.top1Interval, parent?.comparison.top1),
        fact("accuracy@top5", comparison.top5, comparison.top5Interval, parent?.comparison.top5),
        .init(
          "Mean rank of the annotated class", NumberFormat.significant(3).string(for: comparison.meanRank),
          note: "median \(NumberFormat.exact.string(for: comparison.medianRank)); 0 is the first place"),
      ], style: .headline)
  }

  private var table: Table {
    let detailed = DetailedRows.indices(selection, pictures) { comparison.rows[$0].isErroneous }
    let rows = selection.map { index in
      let row = comparison.rows[index]
      return Row(
        AnnotationColumn.shown.map { $0.cell(row, classes) }, isFlagged: row.isErroneous,
        details: detailed.contains(index) ? card(index) : nil)
    }
    return Table(
      title: selectionText, columns: AnnotationColumn.shown.map(\.column), rows: rows, sort: order,
      flag: .init(id: "erroneous", label: "wrong", filterLabel: Table.Flag.erroneous.filterLabel),
      noun: .init("image", "images"))
  }

  private func card(_ index: Int) -> PictureCard {
    let row = comparison.rows[index]
    let scores = predictions.scores(ofSample: index)
    var card = PredictionCard.make(
      path: row.sample.path, pictures: pictures, classes: classes, title: model, scores: scores)
    card.verdict =
      row.isErroneous
      ? .init(
        "Predicted \(classes.short(row.predictedClass)), annotated \(classes.short(row.annotatedClass))",
        isAlarming: true) : .init("Rightly \(classes.short(row.annotatedClass))")
    if row.isErroneous {
      let confidence = NumberFormat.probability.string(for: Double(row.confidenceInAnnotatedClass))
      card.note = "Annotated class: rank \(row.rank), confidence \(confidence)"
    }
    return card
  }
}
