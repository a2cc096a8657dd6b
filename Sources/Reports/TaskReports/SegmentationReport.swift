import Datasets
public import Documents
public import Evaluation

/// What a segmenter says of each picture, beside masks or what its parent says.
public struct SegmentationReport: PicturedReport {
  private let subject: TaskReportSubject
  private let comparison: SegmentationComparison
  private let figure: AccuracyFigure
  private let selection: [Int]
  private let selectionText: String
  private let order: [SortKey]
  /// The pictures of the rows.
  public var pictures: PictureShelf

  /// Makes a report of the rows of a comparison, those of the view.
  ///
  /// - Parameter figure: the mean over all pictures.
  public init(
    _ subject: TaskReportSubject, comparison: SegmentationComparison, figure: AccuracyFigure, selection: [Int],
    selectionText: String = "", order: [SortKey] = [], pictures: PictureShelf = PictureShelf()
  ) {
    self.subject = subject
    self.comparison = comparison
    self.figure = figure
    self.selection = selection
    self.selectionText = selectionText
    self.order = order
    self.pictures = pictures
  }

  private var rows: [SegmentationComparison.Row] {
    subject.view == .basic ? comparison.rows : comparison.classRows
  }

  /// The mean and the table.
  public var document: Document {
    subject.document(summary, skipped: comparison.skipped, table)
  }

  /// The pictures of the rows, the worst first.
  public var gallery: ImageGrid? {
    let ordered = selection.sorted { (rows[$0].result ?? 2, $0) < (rows[$1].result ?? 2, $1) }
    return ImageGrid(cards: TaskReportSubject.shown(ordered) { rows[$0].sample.path }.map(card))
  }

  /// `columns` and `rows` of the table, and the mean.
  public var data: DataValue {
    let sums: DataValue = [
      "images": .integer(comparison.rows.count), "skipped": .integer(comparison.skipped.count),
      "meanIoU": figure.value.map(DataValue.number) ?? .null,
      "pixelAccuracy": comparison.confusion.accuracy.map(DataValue.number) ?? .null,
    ]
    return subject.data(sums, table)
  }

  private var summary: FactList {
    let images = NumberFormat.integer.string(for: comparison.rows.count)
    var note = "all pixels together; \(images) images"
    if let interval = figure.interval {
      let ends = [interval.lower, interval.upper].map { FigureText.text($0, figure.unit) }.joined(separator: " to ")
      note = "95 % interval \(ends); " + note
    }
    let equal = subject.reference == .annotations ? "Pixels that are right" : "Pixels that are equal"
    return FactList(
      [
        .init("mean IoU", FigureText.text(figure.value, .share), note: note),
        .init(equal, FigureText.text(comparison.confusion.accuracy, .share)),
      ], style: .headline)
  }

  private var table: Table {
    let rows = rows
    let columns = SegmentationColumn.shown(subject.view)
    let detailed = DetailedRows.indices(selection, pictures) { rows[$0].isErroneous }
    return Table(
      title: selectionText, columns: columns.map { $0.column(subject.reference, subject.view) },
      rows: selection.map { index in
        Row(
          columns.map { $0.cell(rows[index], subject.classes) },
          details: detailed.contains(index) ? card(index) : nil)
      }, sort: order, noun: subject.view == .basic ? .init("image", "images") : .init("row", "rows"))
  }

  private func card(_ index: Int) -> PictureCard {
    let row = rows[index]
    let what = row.classIndex.map { subject.classes.short($0) + ": intersection over union" } ?? "Mean over classes"
    let classes = comparison.classRows.filter { $0.sample.path == row.sample.path }.compactMap(\.classIndex)
    let legend = TaskArtist.legend(classes, subject.classes)
    return PictureCard(
      caption: row.sample.path, picture: pictures[row.sample.path],
      isPictureLeftOut: pictures.leavesOut(row.sample.path), pictureEdge: PictureShelf.drawnEdge * 2,
      verdict: .init(
        "\(what) \(row.result.map { NumberFormat.decimals(2).string(for: $0) } ?? "N/A")",
        isAlarming: (row.result ?? 1) < 0.5),
      note: "Left: \(subject.model). Right: \(subject.reference.noun)." + (legend.isEmpty ? "" : " Tints: \(legend)."))
  }
}
