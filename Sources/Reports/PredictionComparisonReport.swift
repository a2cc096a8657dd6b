import Datasets
public import Documents
public import Evaluation

/// The report “Comparison of Optimized and Parent Model Predictions”.
public struct PredictionComparisonReport: PicturedReport {
  /// How many pictures the PNG in a notebook shows, which keeps every byte.
  private static let pictureCount = 8

  /// The models and the dataset that are compared on.
  public struct Subject: Sendable {
    /// The name of the optimized model.
    public let optimized: String
    /// The name of its parent.
    public let parent: String
    /// The name of the dataset.
    public let dataset: String
    /// The names of the classes.
    public let classes: ClassNames

    /// What is compared.
    public init(optimized: String, parent: String, dataset: String, classes: ClassNames) {
      self.optimized = optimized
      self.parent = parent
      self.dataset = dataset
      self.classes = classes
    }
  }

  /// What is compared.
  public let subject: Subject
  /// The comparison of all pictures.
  public let comparison: PredictionComparison
  /// The rows that the table shows, in its order: indices of the comparison's rows.
  public let selection: [Int]
  /// The order that the rows were put into; empty for that of the dataset.
  public let order: [SortKey]
  /// What the selection leaves out, in words; empty where all rows are shown.
  public let selectionText: String
  private let optimized: Predictions
  private let parent: Predictions
  /// The pictures of the rows.
  public var pictures: PictureShelf

  /// Makes a report of predictions of the same pictures.
  ///
  /// - Throws: `EvaluationError.mismatch` if they are not of the same pictures.
  public init(
    _ subject: Subject, comparison: PredictionComparison, optimized: Predictions, parent: Predictions,
    selection: [Int], selectionText: String = "", order: [SortKey] = [], pictures: PictureShelf = PictureShelf()
  ) throws(EvaluationError) {
    guard optimized.samples.count == comparison.rows.count, parent.samples.count == comparison.rows.count else {
      throw EvaluationError(.mismatch, "the comparison is not of these predictions")
    }
    self.subject = subject
    self.comparison = comparison
    self.optimized = optimized
    self.parent = parent
    self.order = order
    self.selection = selection.filter(comparison.rows.indices.contains)
    self.selectionText = selectionText
    self.pictures = pictures
  }

  /// Agreement, confidence and the table with one row for each picture.
  public var document: Document {
    var blocks: [Block] = [.facts(summary)]
    blocks += SkippedFiles.blocks(comparison.skipped)
    blocks += ClassErrorsTable.blocks(comparison.disagreements, expected: "Parent", subject.classes)
    blocks.append(.table(table))
    return Document(
      title: "Comparison of Optimized and Parent Model Predictions",
      subtitle: "\(subject.optimized) beside its parent \(subject.parent) on \(subject.dataset)", blocks: blocks)
  }

  /// How far the optimized model's confidence in the parent's class moved, over all pictures.
  public var charts: [Chart] {
    guard comparison.rows.count > 8 else { return [] }
    let changes = comparison.rows.map { Double($0.confidenceInParentClass) - Double($0.parentConfidence) }
    let histogram = Histogram(
      of: changes, axis: Axis("Change of confidence", format: NumberFormat(.decimals(2), showsPlus: true)),
      countTitle: "Images")
    return [
      Chart(
        title: "Change of confidence in the class that the parent predicts",
        subtitle: "\(subject.optimized) minus \(subject.parent); left of 0 it is less sure", .histogram(histogram))
    ]
  }

  /// Behind the page.
  public var chartsFollow: Bool { true }

  /// The pictures of the table, those with different classes first.
  public var gallery: ImageGrid? {
    let flagged = selection.filter { comparison.rows[$0].isErroneous }
    let others = selection.filter { !comparison.rows[$0].isErroneous }
    return ImageGrid(cards: (flagged + others).prefix(Self.pictureCount).map(card))
  }

  /// `columns` and `rows` of the table, and the summary of all pictures.
  public var data: DataValue {
    let interval = comparison.agreementInterval
    let summary: DataValue = [
      "images": .integer(comparison.rows.count), "skipped": .integer(comparison.skipped.count),
      "agreeing": .integer(comparison.agreementCount), "agreement": .number(comparison.agreement),
      "agreementLower": .number(interval.lower), "agreementUpper": .number(interval.upper),
      "meanConfidenceChange": .number(comparison.meanConfidenceChange), "meanRank": .number(comparison.meanRank),
      "medianRank": .number(comparison.medianRank), "disagreements": ClassErrorsTable.data(comparison.disagreements),
    ]
    let head: [DataValue.Member] = [
      .init(key: "report", value: "predictions"), .init(key: "optimized", value: .string(subject.optimized)),
      .init(key: "parent", value: .string(subject.parent)), .init(key: "dataset", value: .string(subject.dataset)),
      .init(key: "summary", value: summary),
    ]
    return .object(head + DataValue.columnsAndRows(of: table))
  }

  private var summary: FactList {
    let percent = NumberFormat.percent()
    let interval = comparison.agreementInterval
    let change = NumberFormat(.decimals(4), showsPlus: true)
    return FactList(
      [
        .init(
          "Agreement", percent.string(for: comparison.agreement),
          note: "\(comparison.agreementCount) of \(comparison.rows.count) images get the same class "
            + "(accuracy@top1 with the parent as the reference); 95 % interval "
            + "\(percent.string(for: interval.lower)) to \(percent.string(for: interval.upper))"),
        .init(
          "Mean change of confidence", change.string(for: comparison.meanConfidenceChange),
          note: "optimized minus parent, in the class that the parent predicts"),
        .init(
          "Mean rank of the parent's class", NumberFormat.significant(3).string(for: comparison.meanRank),
          note: "median \(NumberFormat.exact.string(for: comparison.medianRank)); 0 is the first place"),
      ], style: .headline)
  }

  private var table: Table {
    let detailed = DetailedRows.indices(selection, pictures) { comparison.rows[$0].isErroneous }
    let rows = selection.map { index in
      let row = comparison.rows[index]
      return Row(
        PredictionComparisonColumn.shown.map { $0.cell(row, subject.classes) }, isFlagged: row.isErroneous,
        details: detailed.contains(index) ? card(index) : nil)
    }
    return Table(
      title: selectionText, columns: PredictionComparisonColumn.shown.map(\.column), rows: rows, sort: order,
      flag: .erroneous,
      noun: .init("image", "images"))
  }

  private func card(_ index: Int) -> PictureCard {
    let row = comparison.rows[index]
    return PredictionCard.make(
      path: row.sample.path, pictures: pictures, classes: subject.classes,
      optimized: optimized.scores(ofSample: index), parent: parent.scores(ofSample: index))
  }
}
