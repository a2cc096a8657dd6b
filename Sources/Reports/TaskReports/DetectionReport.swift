import Datasets
public import Documents
public import Evaluation

/// What a detector finds in each picture, beside annotations or what its parent finds.
public struct DetectionReport: PicturedReport {
  private let subject: TaskReportSubject
  private let comparison: DetectionComparison
  private let threshold: Double
  private let selection: [Int]
  private let selectionText: String
  private let order: [SortKey]
  /// The pictures of the rows.
  public var pictures: PictureShelf

  /// Makes a report of the rows of a comparison, those of the view.
  public init(
    _ subject: TaskReportSubject, comparison: DetectionComparison, threshold: Double, selection: [Int],
    selectionText: String = "", order: [SortKey] = [], pictures: PictureShelf = PictureShelf()
  ) {
    self.subject = subject
    self.comparison = comparison
    self.threshold = threshold
    self.selection = selection
    self.selectionText = selectionText
    self.order = order
    self.pictures = pictures
  }

  private var rows: [DetectionComparison.Row] {
    subject.view == .basic ? comparison.rows : comparison.classRows
  }

  /// The sums and the table.
  public var document: Document {
    subject.document(summary, skipped: comparison.skipped, table)
  }

  /// The pictures of the rows, those with errors first.
  public var gallery: ImageGrid? {
    let ordered = selection.filter { rows[$0].isErroneous } + selection.filter { !rows[$0].isErroneous }
    return ImageGrid(cards: TaskReportSubject.shown(ordered) { rows[$0].sample.path }.map(card))
  }

  /// `columns` and `rows` of the table, and the sums.
  public var data: DataValue {
    let sums: DataValue = [
      "images": .integer(comparison.rows.count), "skipped": .integer(comparison.skipped.count),
      "detections": .integer(comparison.detectionCount), "objects": .integer(comparison.objectCount),
      "matches": .integer(comparison.matchCount), "threshold": .number(threshold),
      "overlap": .number(comparison.overlap),
    ]
    return subject.data(sums, table)
  }

  private var summary: FactList {
    let (found, there, right) = (comparison.detectionCount, comparison.objectCount, comparison.matchCount)
    func share(_ whole: Int) -> String {
      whole > 0 ? NumberFormat.percent().string(for: Double(right) / Double(whole)) : "N/A"
    }
    let count = NumberFormat.integer
    let other = subject.reference == .annotations ? "annotated objects" : "detections of the parent"
    let wrong = comparison.rows.count(where: \.isErroneous)
    return FactList(
      [
        .init(
          "Matches of A", share(found),
          note: "\(count.string(for: right)) of \(count.string(for: found)) detections with scores of "
            + "\(NumberFormat.exact.string(for: threshold)) or more"),
        .init(
          "Matches of B", share(there), note: "\(count.string(for: right)) of \(count.string(for: there)) \(other)"),
        .init(
          "Images that differ", count.string(for: wrong), note: "of \(count.string(for: comparison.rows.count)) images"),
      ], style: .headline)
  }

  private var table: Table {
    let rows = rows
    let columns = DetectionColumn.shown(subject.view)
    let detailed = DetailedRows.indices(selection, pictures) { rows[$0].isErroneous }
    return Table(
      title: selectionText, columns: columns.map { $0.column(subject.reference, subject.view) },
      rows: selection.map { index in
        Row(
          columns.map { $0.cell(rows[index], subject.classes) }, isFlagged: rows[index].isErroneous,
          details: detailed.contains(index) ? card(index) : nil)
      }, sort: order, flag: .erroneous,
      noun: subject.view == .basic ? .init("image", "images") : .init("row", "rows"))
  }

  private func card(_ index: Int) -> PictureCard {
    let row = rows[index]
    let (found, there, right) = (row.detectionCount, row.objectCount, row.matchCount)
    let what = row.classIndex.map { subject.classes.short($0) + ": " } ?? ""
    let verdict =
      row.isErroneous
      ? "\(what)\(found) found, \(there) there, \(right) \(right == 1 ? "matches" : "match")"
      : "\(what)all \(right) match"
    return PictureCard(
      caption: row.sample.path, picture: pictures[row.sample.path],
      isPictureLeftOut: pictures.leavesOut(row.sample.path), pictureDescription: description(row),
      pictureEdge: PictureShelf.drawnEdge, verdict: .init(verdict, isAlarming: row.isErroneous),
      note:
        "Solid blue lines, scores above: \(subject.model). Dashed orange lines, classes below: \(subject.reference.noun)."
    )
  }

  /// What the picture shows, for who does not see it.
  private func description(_ row: DetectionComparison.Row) -> String {
    let scene = comparison.scenes[row.sample.path]
    let names = (scene?.detections ?? []).prefix(10).map {
      "\(subject.classes.short($0.classIndex)) \(NumberFormat.probability.string(for: $0.score))"
    }
    return "\(row.sample.path) with boxes: " + (names.isEmpty ? "none found" : names.joined(separator: ", "))
  }
}
